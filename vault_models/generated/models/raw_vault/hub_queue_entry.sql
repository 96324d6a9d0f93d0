-- One row per queue_entry that any delivery ever named. Insert only.
{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false) }}

with

-- Of each key its only record, or the first of those that repeat it.
named as (
    select
        staged.queue_entry_hk,
        staged.jono_id as queue_entry_id,
        staged.delivery_number
    from {{ ref('stg_patient__queue') }} as staged
    left join {{ ref('repeated_queue_entry__patient_queue') }} as repeated
        on staged.queue_entry_hk = repeated.queue_entry_hk
    where
        staged.queue_entry_hk not in ({{ ghost_keys() }})
        and staged.record_id = coalesce(repeated.first_record, staged.record_id)
),

first_named as (
    select named.*
    from named
    {{ not_loaded('named', ['queue_entry_hk']) }}
)

select
    first_named.queue_entry_hk,
    first_named.queue_entry_id,
    pending.extract_datetime,
    pending.load_datetime,
    pending.record_source,
    pending.delivery_id
from first_named
inner join {{ ref('pending_delivery') }} as pending on first_named.delivery_number = pending.delivery_number
{% if not is_incremental() %}
union all
{{
    ghost_rows(
        ['queue_entry_hk'],
        {'queue_entry_id': 'string'}
    )
}}
{% endif %}
