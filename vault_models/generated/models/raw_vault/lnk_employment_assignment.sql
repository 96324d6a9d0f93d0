-- One row per employment, professional, service_unit, cost_centre that were ever told together. Insert only.
{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false) }}

with

told as (
    select
        employment_assignment_hk,
        employment_hk,
        professional_hk,
        service_unit_hk,
        cost_centre_hk,
        delivery_number
    from {{ ref('stg_hr__employment') }}
    where
        employment_hk not in ({{ ghost_keys() }})
),

first_told as (
    select
        employment_assignment_hk,
        any_value(employment_hk) as employment_hk,
        any_value(professional_hk) as professional_hk,
        any_value(service_unit_hk) as service_unit_hk,
        any_value(cost_centre_hk) as cost_centre_hk,
        min(delivery_number) as delivery_number
    from told
    {{ not_loaded('told', ['employment_assignment_hk']) }}
    group by employment_assignment_hk
)

select
    first_told.employment_assignment_hk,
    first_told.employment_hk,
    first_told.professional_hk,
    first_told.service_unit_hk,
    first_told.cost_centre_hk,
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
        ['employment_assignment_hk', 'employment_hk', 'professional_hk', 'service_unit_hk', 'cost_centre_hk'],
        {}
    )
}}
{% endif %}
