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
        record_id,
        delivery_number,
        extract_datetime
    from {{ ref('stg_patient__queue') }}
    where queue_entry_hk not in ({{ ghost_keys() }})
),

-- The same row twice is one assertion; two different rows for one key and time are a conflict and stay out.
asserted as (
    select
        queue_entry_hk,
        extract_datetime,
        min(queue_entry_care_hk) as queue_entry_care_hk,
        min(record_id) as record_id
    from staged
    group by queue_entry_hk, extract_datetime
    having min(queue_entry_care_hk) = max(queue_entry_care_hk)
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
    left join
        {{
            latest_before(
                'patient.queue', 'queue_entry_hk', 'queue_entry_care_hk'
            )
        }} as earlier
        on asserted.queue_entry_hk = earlier.queue_entry_hk
)

select
    staged.queue_entry_hk,
    staged.queue_entry_care_hk,
    pending.extract_datetime,
    pending.load_datetime,
    pending.record_source,
    pending.delivery_id
from staged
inner join {{ ref('pending_delivery') }} as pending on staged.delivery_number = pending.delivery_number
inner join sequenced on staged.record_id = sequenced.record_id
where
    sequenced.queue_entry_care_hk is distinct from sequenced.previous_version
    {{ not_loaded('sequenced', ['queue_entry_hk', 'extract_datetime']) }}
{% if not is_incremental() %}
union all
{{ ghost_rows(['queue_entry_hk', 'queue_entry_care_hk'], {}) }}
{% endif %}
