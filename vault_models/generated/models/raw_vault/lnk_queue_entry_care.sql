-- One row per queue_entry, person, service_unit, referral that were ever told together. Insert only.
{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false) }}

with

-- Relations of owners that one staged record names, as they are; then, once each, those of owners that several name.
told_once as (
    select
        staged.queue_entry_care_hk,
        staged.queue_entry_hk,
        staged.person_hk,
        staged.service_unit_hk,
        staged.referral_hk,
        staged.delivery_number
    from {{ ref('stg_patient__queue') }} as staged
    anti join {{ ref('repeated_queue_entry__patient_queue') }} as repeated
        on staged.queue_entry_hk = repeated.queue_entry_hk
    where
        staged.queue_entry_hk not in ({{ ghost_keys() }})
),

told_again as (
    select
        staged.queue_entry_care_hk,
        any_value(staged.queue_entry_hk) as queue_entry_hk,
        any_value(staged.person_hk) as person_hk,
        any_value(staged.service_unit_hk) as service_unit_hk,
        any_value(staged.referral_hk) as referral_hk,
        min(staged.delivery_number) as delivery_number
    from {{ ref('stg_patient__queue') }} as staged
    semi join {{ ref('repeated_queue_entry__patient_queue') }} as repeated
        on staged.queue_entry_hk = repeated.queue_entry_hk
    where
        staged.queue_entry_hk not in ({{ ghost_keys() }})
    group by staged.queue_entry_care_hk
),

first_told as (
    select told.*
    from (
        select * from told_once
        union all
        select * from told_again
    ) as told
    {{ not_loaded('told', ['queue_entry_care_hk']) }}
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
