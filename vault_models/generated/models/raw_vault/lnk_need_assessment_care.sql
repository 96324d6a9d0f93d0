-- One row per need_assessment, person, service_unit, contact that were ever told together. Insert only.
{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false) }}

with

told as (
    select
        need_assessment_care_hk,
        need_assessment_hk,
        person_hk,
        service_unit_hk,
        contact_hk,
        delivery_number
    from {{ ref('stg_patient__avohilmo') }}
    where
        need_assessment_hk not in ({{ ghost_keys() }})
),

first_told as (
    select
        need_assessment_care_hk,
        any_value(need_assessment_hk) as need_assessment_hk,
        any_value(person_hk) as person_hk,
        any_value(service_unit_hk) as service_unit_hk,
        any_value(contact_hk) as contact_hk,
        min(delivery_number) as delivery_number
    from told
    {{ not_loaded('told', ['need_assessment_care_hk']) }}
    group by need_assessment_care_hk
)

select
    first_told.need_assessment_care_hk,
    first_told.need_assessment_hk,
    first_told.person_hk,
    first_told.service_unit_hk,
    first_told.contact_hk,
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
        ['need_assessment_care_hk', 'need_assessment_hk', 'person_hk', 'service_unit_hk', 'contact_hk'],
        {}
    )
}}
{% endif %}
