-- One row per employment, professional, service_unit, cost_centre that were ever told together. Insert only.
{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false) }}

with

-- Relations of owners that one staged record names, as they are; then, once each, those of owners that several name.
told_once as (
    select
        staged.employment_assignment_hk,
        staged.employment_hk,
        staged.professional_hk,
        staged.service_unit_hk,
        staged.cost_centre_hk,
        staged.delivery_number
    from {{ ref('stg_hr__employment') }} as staged
    anti join {{ ref('repeated_employment__hr_employment') }} as repeated
        on staged.employment_hk = repeated.employment_hk
    where
        staged.employment_hk not in ({{ ghost_keys() }})
),

told_again as (
    select
        staged.employment_assignment_hk,
        any_value(staged.employment_hk) as employment_hk,
        any_value(staged.professional_hk) as professional_hk,
        any_value(staged.service_unit_hk) as service_unit_hk,
        any_value(staged.cost_centre_hk) as cost_centre_hk,
        min(staged.delivery_number) as delivery_number
    from {{ ref('stg_hr__employment') }} as staged
    semi join {{ ref('repeated_employment__hr_employment') }} as repeated
        on staged.employment_hk = repeated.employment_hk
    where
        staged.employment_hk not in ({{ ghost_keys() }})
    group by staged.employment_assignment_hk
),

first_told as (
    select told.*
    from (
        select * from told_once
        union all
        select * from told_again
    ) as told
    {{ not_loaded('told', ['employment_assignment_hk']) }}
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
