-- One row per visit, person, service_unit, professional that were ever told together. Insert only.
{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false) }}

with

told as (
    select
        visit_care_hk,
        visit_hk,
        person_hk,
        service_unit_hk,
        professional_hk,
        delivery_number
    from {{ ref('stg_patient__avohilmo') }}
    where
        visit_hk not in ({{ ghost_keys() }})
),

first_told as (
    select
        visit_care_hk,
        any_value(visit_hk) as visit_hk,
        any_value(person_hk) as person_hk,
        any_value(service_unit_hk) as service_unit_hk,
        any_value(professional_hk) as professional_hk,
        min(delivery_number) as delivery_number
    from told
    {{ not_loaded('told', ['visit_care_hk']) }}
    group by visit_care_hk
)

select
    first_told.visit_care_hk,
    first_told.visit_hk,
    first_told.person_hk,
    first_told.service_unit_hk,
    first_told.professional_hk,
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
        ['visit_care_hk', 'visit_hk', 'person_hk', 'service_unit_hk', 'professional_hk'],
        {}
    )
}}
{% endif %}
