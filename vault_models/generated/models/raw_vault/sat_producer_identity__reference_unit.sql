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
        record_id,
        delivery_number,
        extract_datetime
    from {{ ref('stg_reference__unit') }}
    where producer_hk not in ({{ ghost_keys() }})
),

-- The same row twice is one assertion; two different rows for one key and time are a conflict and stay out.
asserted as (
    select
        producer_hk,
        extract_datetime,
        min(hashdiff) as hashdiff,
        min(record_id) as record_id
    from staged
    group by producer_hk, extract_datetime
    having min(hashdiff) = max(hashdiff)
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
    left join
        {{
            latest_before(
                'reference.unit', 'producer_hk', 'hashdiff'
            )
        }} as earlier
        on asserted.producer_hk = earlier.producer_hk
)

select
    staged.producer_hk,
    staged.hashdiff,
    staged.producer_name,
    pending.extract_datetime,
    pending.load_datetime,
    pending.record_source,
    pending.delivery_id
from staged
inner join {{ ref('pending_delivery') }} as pending on staged.delivery_number = pending.delivery_number
inner join sequenced on staged.record_id = sequenced.record_id
where
    sequenced.hashdiff is distinct from sequenced.previous_version
    {{ not_loaded('sequenced', ['producer_hk', 'extract_datetime']) }}
{% if not is_incremental() %}
union all
{{ ghost_rows(['producer_hk', 'hashdiff'], {'producer_name': 'varchar'}) }}
{% endif %}
