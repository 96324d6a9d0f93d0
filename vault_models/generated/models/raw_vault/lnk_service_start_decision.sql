-- One row per service_start, decision, service, service_unit that were ever told together. Insert only.
{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false) }}

with

-- Relations of owners that one staged record names, as they are; then, once each, those of owners that several name.
told_once as (
    select
        staged.service_start_decision_hk,
        staged.service_start_hk,
        staged.decision_hk,
        staged.service_hk,
        staged.service_unit_hk,
        staged.delivery_number
    from {{ ref('stg_social__decision') }} as staged
    anti join {{ ref('repeated_service_start__social_decision') }} as repeated
        on staged.service_start_hk = repeated.service_start_hk
    where
        staged.service_start_hk not in ({{ ghost_keys() }})
),

told_again as (
    select
        staged.service_start_decision_hk,
        any_value(staged.service_start_hk) as service_start_hk,
        any_value(staged.decision_hk) as decision_hk,
        any_value(staged.service_hk) as service_hk,
        any_value(staged.service_unit_hk) as service_unit_hk,
        min(staged.delivery_number) as delivery_number
    from {{ ref('stg_social__decision') }} as staged
    semi join {{ ref('repeated_service_start__social_decision') }} as repeated
        on staged.service_start_hk = repeated.service_start_hk
    where
        staged.service_start_hk not in ({{ ghost_keys() }})
    group by staged.service_start_decision_hk
),

first_told as (
    select told.*
    from (
        select * from told_once
        union all
        select * from told_again
    ) as told
    {{ not_loaded('told', ['service_start_decision_hk']) }}
)

select
    first_told.service_start_decision_hk,
    first_told.service_start_hk,
    first_told.decision_hk,
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
        ['service_start_decision_hk', 'service_start_hk', 'decision_hk', 'service_hk', 'service_unit_hk'],
        {}
    )
}}
{% endif %}
