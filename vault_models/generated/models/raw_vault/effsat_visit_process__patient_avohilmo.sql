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
        record_id,
        delivery_number,
        extract_datetime
    from {{ ref('stg_patient__avohilmo') }}
    where visit_hk not in ({{ ghost_keys() }})
),

-- The same row twice is one assertion; two different rows for one key and time are a conflict and stay out.
asserted as (
    select
        visit_hk,
        extract_datetime,
        min(visit_process_hk) as visit_process_hk,
        min(record_id) as record_id
    from staged
    group by visit_hk, extract_datetime
    having min(visit_process_hk) = max(visit_process_hk)
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
    left join
        {{
            latest_before(
                'patient.avohilmo', 'visit_hk', 'visit_process_hk'
            )
        }} as earlier
        on asserted.visit_hk = earlier.visit_hk
)

select
    staged.visit_hk,
    staged.visit_process_hk,
    pending.extract_datetime,
    pending.load_datetime,
    pending.record_source,
    pending.delivery_id
from staged
inner join {{ ref('pending_delivery') }} as pending on staged.delivery_number = pending.delivery_number
inner join sequenced on staged.record_id = sequenced.record_id
where
    sequenced.visit_process_hk is distinct from sequenced.previous_version
    {{ not_loaded('sequenced', ['visit_hk', 'extract_datetime']) }}
{% if not is_incremental() %}
union all
{{ ghost_rows(['visit_hk', 'visit_process_hk'], {}) }}
{% endif %}
