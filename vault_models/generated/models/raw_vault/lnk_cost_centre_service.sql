-- One row per cost_centre, service, service_unit that were ever told together. Insert only.
{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false) }}

with

told as (
    select
        cost_centre_service_hk,
        cost_centre_hk,
        service_hk,
        service_unit_hk,
        delivery_number
    from {{ ref('stg_finance__cost_centre') }}
    where
        cost_centre_hk not in ({{ ghost_keys() }})
),

first_told as (
    select
        cost_centre_service_hk,
        any_value(cost_centre_hk) as cost_centre_hk,
        any_value(service_hk) as service_hk,
        any_value(service_unit_hk) as service_unit_hk,
        min(delivery_number) as delivery_number
    from told
    {{ not_loaded('told', ['cost_centre_service_hk']) }}
    group by cost_centre_service_hk
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
