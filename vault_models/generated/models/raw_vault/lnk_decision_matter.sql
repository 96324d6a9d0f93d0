-- One row per decision, matter, person, service that were ever told together. Insert only.
{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false) }}

with

told as (
    select
        decision_matter_hk,
        decision_hk,
        matter_hk,
        person_hk,
        service_hk,
        delivery_number
    from {{ ref('stg_social__decision') }}
    where
        decision_hk not in ({{ ghost_keys() }})
),

first_told as (
    select
        decision_matter_hk,
        any_value(decision_hk) as decision_hk,
        any_value(matter_hk) as matter_hk,
        any_value(person_hk) as person_hk,
        any_value(service_hk) as service_hk,
        min(delivery_number) as delivery_number
    from told
    {{ not_loaded('told', ['decision_matter_hk']) }}
    group by decision_matter_hk
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
