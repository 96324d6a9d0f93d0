-- One row per producer and change of its identity, as reference.unit told it. Insert only.
{{
    config(
        materialized='incremental',
        incremental_strategy='append',
        on_schema_change='append_new_columns',
        full_refresh=false
    )
}}

with

staged as (
    select
        producer_hk,
        producer_identity_hashdiff as hashdiff,
        tuottaja_nimi as producer_name,
        record_number,
        extract_datetime,
        load_datetime,
        record_source,
        delivery_id
    from {{ ref('stg_reference__unit') }}
    where producer_hk not in ({{ ghost_keys() }})
),

-- The same row twice is one assertion; two different rows for one key and time are a conflict and stay out.
asserted as (
    select
        staged.*,
        row_number() over (
            partition by producer_hk, extract_datetime
            order by load_datetime, delivery_id, record_number
        ) as copy_number,
        min(hashdiff) over (partition by producer_hk, extract_datetime) as lowest,
        max(hashdiff) over (partition by producer_hk, extract_datetime) as highest
    from staged
),

sequenced as (
    select
        asserted.*,
        coalesce(
            lag(asserted.hashdiff) over (
                partition by asserted.producer_hk
                order by asserted.extract_datetime
            ),
            earlier.hashdiff
        ) as previous_version
    from asserted
    left join {{ latest_before('stg_reference__unit', 'producer_hk', 'hashdiff') }} as earlier
        on asserted.producer_hk = earlier.producer_hk
    where
        asserted.copy_number = 1
        and asserted.lowest = asserted.highest
)

select
    producer_hk,
    hashdiff,
    producer_name,
    extract_datetime,
    load_datetime,
    record_source,
    delivery_id
from sequenced
where
    hashdiff is distinct from previous_version
    {{ not_loaded('sequenced', ['producer_hk', 'extract_datetime']) }}
{% if not is_incremental() %}
union all
{{ ghost_rows(['producer_hk', 'hashdiff'], {'producer_name': 'varchar'}) }}
{% endif %}
