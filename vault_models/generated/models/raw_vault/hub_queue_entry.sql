-- One row per queue_entry that any delivery ever named. Insert only.
{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false) }}

with

named as (
    select
        queue_entry_hk,
        jono_id as queue_entry_id,
        delivery_number
    from {{ ref('stg_patient__queue') }}
    where queue_entry_hk not in ({{ ghost_keys() }})
),

named_anew as (
    select *
    from named
    {{ not_loaded('named', ['queue_entry_hk']) }}
),

-- Most keys are named by one record, which is the first.
first_named as (
    select named_anew.*
    from named_anew
    anti join {{ ref('repeated_queue_entry__patient_queue') }} as repeated
        on named_anew.queue_entry_hk = repeated.queue_entry_hk
    union all
    select
        named_anew.queue_entry_hk,
        any_value(named_anew.queue_entry_id) as queue_entry_id,
        min(named_anew.delivery_number) as delivery_number
    from named_anew
    semi join {{ ref('repeated_queue_entry__patient_queue') }} as repeated
        on named_anew.queue_entry_hk = repeated.queue_entry_hk
    group by named_anew.queue_entry_hk
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
