-- One row per queue_entry and change of its care, as patient.queue told it. Insert only.
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
        queue_entry_hk,
        queue_entry_care_hk as queue_entry_care_hk,
        record_number,
        extract_datetime,
        load_datetime,
        record_source,
        delivery_id
    from {{ ref('stg_patient__queue') }}
    where queue_entry_hk not in ({{ ghost_keys() }})
),

-- The same row twice is one assertion; two different rows for one key and time are a conflict and stay out.
asserted as (
    select
        staged.*,
        row_number() over (
            partition by queue_entry_hk, extract_datetime
            order by load_datetime, delivery_id, record_number
        ) as copy_number,
        min(queue_entry_care_hk) over (partition by queue_entry_hk, extract_datetime) as lowest,
        max(queue_entry_care_hk) over (partition by queue_entry_hk, extract_datetime) as highest
    from staged
),

sequenced as (
    select
        asserted.*,
        coalesce(
            lag(asserted.queue_entry_care_hk) over (
                partition by asserted.queue_entry_hk
                order by asserted.extract_datetime
            ),
            earlier.queue_entry_care_hk
        ) as previous_version
    from asserted
    left join {{ latest_before('stg_patient__queue', 'queue_entry_hk', 'queue_entry_care_hk') }} as earlier
        on asserted.queue_entry_hk = earlier.queue_entry_hk
    where
        asserted.copy_number = 1
        and asserted.lowest = asserted.highest
)

select
    queue_entry_hk,
    queue_entry_care_hk,
    extract_datetime,
    load_datetime,
    record_source,
    delivery_id
from sequenced
where
    queue_entry_care_hk is distinct from previous_version
    {{ not_loaded('sequenced', ['queue_entry_hk', 'extract_datetime']) }}
{% if not is_incremental() %}
union all
{{ ghost_rows(['queue_entry_hk', 'queue_entry_care_hk'], {}) }}
{% endif %}
