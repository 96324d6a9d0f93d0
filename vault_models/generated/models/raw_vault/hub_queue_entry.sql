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

first_named as (
    select
        queue_entry_hk,
        any_value(queue_entry_id) as queue_entry_id,
        min(delivery_number) as delivery_number
    from named
    {{ not_loaded('named', ['queue_entry_hk']) }}
    group by queue_entry_hk
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
