-- One row per contact and change of its timing, as patient.avohilmo told it. Insert only.
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
        contact_hk,
        contact_timing_hashdiff as hashdiff,
        yhteydenotto_ajankohta as contacted_at,
        asiakas_kotikunta as contact_municipality_code,
        record_number,
        extract_datetime,
        load_datetime,
        record_source,
        delivery_id
    from {{ ref('stg_patient__avohilmo') }}
    where contact_hk not in ({{ ghost_keys() }})
),

-- The same row twice is one assertion; two different rows for one key and time are a conflict and stay out.
asserted as (
    select
        staged.*,
        row_number() over (
            partition by contact_hk, extract_datetime
            order by load_datetime, delivery_id, record_number
        ) as copy_number,
        min(hashdiff) over (partition by contact_hk, extract_datetime) as lowest,
        max(hashdiff) over (partition by contact_hk, extract_datetime) as highest
    from staged
),

sequenced as (
    select
        asserted.*,
        coalesce(
            lag(asserted.hashdiff) over (
                partition by asserted.contact_hk
                order by asserted.extract_datetime
            ),
            earlier.hashdiff
        ) as previous_version
    from asserted
    left join {{ latest_before('stg_patient__avohilmo', 'contact_hk', 'hashdiff') }} as earlier
        on asserted.contact_hk = earlier.contact_hk
    where
        asserted.copy_number = 1
        and asserted.lowest = asserted.highest
)

select
    contact_hk,
    hashdiff,
    contacted_at,
    contact_municipality_code,
    extract_datetime,
    load_datetime,
    record_source,
    delivery_id
from sequenced
where
    hashdiff is distinct from previous_version
    {{ not_loaded('sequenced', ['contact_hk', 'extract_datetime']) }}
{% if not is_incremental() %}
union all
{{ ghost_rows(['contact_hk', 'hashdiff'], {'contacted_at': 'timestamp', 'contact_municipality_code': 'varchar'}) }}
{% endif %}
