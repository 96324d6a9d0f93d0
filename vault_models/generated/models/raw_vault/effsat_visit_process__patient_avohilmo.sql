-- One row per visit and change of its process, as patient.avohilmo told it. Insert only.
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
        visit_hk,
        visit_process_hk as visit_process_hk,
        record_number,
        extract_datetime,
        load_datetime,
        record_source,
        delivery_id
    from {{ ref('stg_patient__avohilmo') }}
    where visit_hk not in ({{ ghost_keys() }})
),

-- The same row twice is one assertion; two different rows for one key and time are a conflict and stay out.
asserted as (
    select
        staged.*,
        row_number() over (
            partition by visit_hk, extract_datetime
            order by load_datetime, delivery_id, record_number
        ) as copy_number,
        min(visit_process_hk) over (partition by visit_hk, extract_datetime) as lowest,
        max(visit_process_hk) over (partition by visit_hk, extract_datetime) as highest
    from staged
),

sequenced as (
    select
        asserted.*,
        coalesce(
            lag(asserted.visit_process_hk) over (
                partition by asserted.visit_hk
                order by asserted.extract_datetime
            ),
            earlier.visit_process_hk
        ) as previous_version
    from asserted
    left join {{ latest_before('stg_patient__avohilmo', 'visit_hk', 'visit_process_hk') }} as earlier
        on asserted.visit_hk = earlier.visit_hk
    where
        asserted.copy_number = 1
        and asserted.lowest = asserted.highest
)

select
    visit_hk,
    visit_process_hk,
    extract_datetime,
    load_datetime,
    record_source,
    delivery_id
from sequenced
where
    visit_process_hk is distinct from previous_version
    {{ not_loaded('sequenced', ['visit_hk', 'extract_datetime']) }}
{% if not is_incremental() %}
union all
{{ ghost_rows(['visit_hk', 'visit_process_hk'], {}) }}
{% endif %}
