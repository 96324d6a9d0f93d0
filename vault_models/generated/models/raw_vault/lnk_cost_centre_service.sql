-- One row per cost_centre, service, service_unit that were ever told together. Insert only.
{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false) }}

with

-- Relations of owners that one staged record names, as they are; then, once each, those of owners that several name.
told_once as (
    select
        staged.cost_centre_service_hk,
        staged.cost_centre_hk,
        staged.service_hk,
        staged.service_unit_hk,
        staged.delivery_number
    from {{ ref('stg_finance__cost_centre') }} as staged
    anti join {{ ref('repeated_cost_centre__finance_cost_centre') }} as repeated
        on staged.cost_centre_hk = repeated.cost_centre_hk
    where
        staged.cost_centre_hk not in ({{ ghost_keys() }})
),

told_again as (
    select
        staged.cost_centre_service_hk,
        any_value(staged.cost_centre_hk) as cost_centre_hk,
        any_value(staged.service_hk) as service_hk,
        any_value(staged.service_unit_hk) as service_unit_hk,
        min(staged.delivery_number) as delivery_number
    from {{ ref('stg_finance__cost_centre') }} as staged
    semi join {{ ref('repeated_cost_centre__finance_cost_centre') }} as repeated
        on staged.cost_centre_hk = repeated.cost_centre_hk
    where
        staged.cost_centre_hk not in ({{ ghost_keys() }})
    group by staged.cost_centre_service_hk
),

first_told as (
    select told.*
    from (
        select * from told_once
        union all
        select * from told_again
    ) as told
    {{ not_loaded('told', ['cost_centre_service_hk']) }}
)

select
    first_told.cost_centre_service_hk,
    first_told.cost_centre_hk,
    first_told.service_hk,
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
        ['cost_centre_service_hk', 'cost_centre_hk', 'service_hk', 'service_unit_hk'],
        {}
    )
}}
{% endif %}
