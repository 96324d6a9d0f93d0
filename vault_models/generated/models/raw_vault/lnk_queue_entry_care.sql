-- One row per queue_entry, person, service_unit, referral that were ever told together. Insert only.
{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false) }}

with

told as (
    select
        queue_entry_care_hk,
        queue_entry_hk,
        person_hk,
        service_unit_hk,
        referral_hk,
        delivery_number
    from {{ ref('stg_patient__queue') }}
    where
        queue_entry_hk not in ({{ ghost_keys() }})
),

first_told as (
    select
        queue_entry_care_hk,
        any_value(queue_entry_hk) as queue_entry_hk,
        any_value(person_hk) as person_hk,
        any_value(service_unit_hk) as service_unit_hk,
        any_value(referral_hk) as referral_hk,
        min(delivery_number) as delivery_number
    from told
    {{ not_loaded('told', ['queue_entry_care_hk']) }}
    group by queue_entry_care_hk
)

select
    first_told.queue_entry_care_hk,
    first_told.queue_entry_hk,
    first_told.person_hk,
    first_told.service_unit_hk,
    first_told.referral_hk,
    pending.extract_datetime,
    pending.load_datetime,
    pending.record_source,
    pending.delivery_id
from first_told
inner join {{ ref('pending_delivery') }} as pending on first_told.delivery_number = pending.delivery_number
{% if not is_incremental() %}
union all
{{
    ghost_rows(
        ['queue_entry_care_hk', 'queue_entry_hk', 'person_hk', 'service_unit_hk', 'referral_hk'],
        {}
    )
}}
{% endif %}
