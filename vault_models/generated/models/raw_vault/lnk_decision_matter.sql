-- One row per decision, matter, person, service that were ever told together. Insert only.
{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false) }}

with

-- Relations of owners that one staged record names, as they are; then, once each, those of owners that several name.
told_once as (
    select
        staged.decision_matter_hk,
        staged.decision_hk,
        staged.matter_hk,
        staged.person_hk,
        staged.service_hk,
        staged.delivery_number
    from {{ ref('stg_social__decision') }} as staged
    anti join {{ ref('repeated_decision__social_decision') }} as repeated
        on staged.decision_hk = repeated.decision_hk
    where
        staged.decision_hk not in ({{ ghost_keys() }})
),

told_again as (
    select
        staged.decision_matter_hk,
        any_value(staged.decision_hk) as decision_hk,
        any_value(staged.matter_hk) as matter_hk,
        any_value(staged.person_hk) as person_hk,
        any_value(staged.service_hk) as service_hk,
        min(staged.delivery_number) as delivery_number
    from {{ ref('stg_social__decision') }} as staged
    semi join {{ ref('repeated_decision__social_decision') }} as repeated
        on staged.decision_hk = repeated.decision_hk
    where
        staged.decision_hk not in ({{ ghost_keys() }})
    group by staged.decision_matter_hk
),

first_told as (
    select told.*
    from (
        select * from told_once
        union all
        select * from told_again
    ) as told
    {{ not_loaded('told', ['decision_matter_hk']) }}
)

select
    first_told.decision_matter_hk,
    first_told.decision_hk,
    first_told.matter_hk,
    first_told.person_hk,
    first_told.service_hk,
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
        ['decision_matter_hk', 'decision_hk', 'matter_hk', 'person_hk', 'service_hk'],
        {}
    )
}}
{% endif %}
