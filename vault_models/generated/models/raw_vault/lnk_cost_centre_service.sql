-- One row per cost_centre, service, service_unit that were ever told together. Insert only.
{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false) }}

with

told as (
    select
        cost_centre_service_hk,
        cost_centre_hk,
        service_hk,
        service_unit_hk,
        extract_datetime,
        load_datetime,
        record_source,
        delivery_id
    from {{ ref('stg_finance__cost_centre') }}
    where cost_centre_hk not in ({{ ghost_keys() }})
),

first_told as (
    select
        cost_centre_service_hk,
        min(cost_centre_hk) as cost_centre_hk,
        min(service_hk) as service_hk,
        min(service_unit_hk) as service_unit_hk,
        min(extract_datetime) as extract_datetime,
        min(load_datetime) as load_datetime,
        min_by(record_source, load_datetime) as record_source,
        min_by(delivery_id, load_datetime) as delivery_id
    from told
    {{ not_loaded('told', ['cost_centre_service_hk'], first='where') }}
    group by cost_centre_service_hk
)

select *
from first_told
{% if not is_incremental() %}
union all
{{ ghost_rows(['cost_centre_service_hk', 'cost_centre_hk', 'service_hk', 'service_unit_hk'], {}) }}
{% endif %}
