-- One row per service_start, decision, service, service_unit that were ever told together. Insert only.
{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false) }}

with

told as (
    select
        service_start_decision_hk,
        service_start_hk,
        decision_hk,
        service_hk,
        service_unit_hk,
        delivery_number
    from {{ ref('stg_social__decision') }}
    where
        service_start_hk not in ({{ ghost_keys() }})
),

first_told as (
    select
        service_start_decision_hk,
        any_value(service_start_hk) as service_start_hk,
        any_value(decision_hk) as decision_hk,
        any_value(service_hk) as service_hk,
        any_value(service_unit_hk) as service_unit_hk,
        min(delivery_number) as delivery_number
    from told
    {{ not_loaded('told', ['service_start_decision_hk']) }}
    group by service_start_decision_hk
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
