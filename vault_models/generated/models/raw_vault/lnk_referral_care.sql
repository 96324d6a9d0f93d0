-- One row per referral, person, service_unit that were ever told together. Insert only.
{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false) }}

with

told as (
    select
        referral_care_hk,
        referral_hk,
        person_hk,
        service_unit_hk,
        delivery_number
    from {{ ref('stg_patient__referral') }}
    where
        referral_hk not in ({{ ghost_keys() }})
),

first_told as (
    select
        referral_care_hk,
        any_value(referral_hk) as referral_hk,
        any_value(person_hk) as person_hk,
        any_value(service_unit_hk) as service_unit_hk,
        min(delivery_number) as delivery_number
    from told
    {{ not_loaded('told', ['referral_care_hk']) }}
    group by referral_care_hk
)

select
    first_told.referral_care_hk,
    first_told.referral_hk,
    first_told.person_hk,
    first_told.service_unit_hk,
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
        ['referral_care_hk', 'referral_hk', 'person_hk', 'service_unit_hk'],
        {}
    )
}}
{% endif %}
