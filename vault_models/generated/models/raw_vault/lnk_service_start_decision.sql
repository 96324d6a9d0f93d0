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
        extract_datetime,
        load_datetime,
        record_source,
        delivery_id
    from {{ ref('stg_social__decision') }}
    where service_start_hk not in ({{ ghost_keys() }})
),

first_told as (
    select
        service_start_decision_hk,
        min(service_start_hk) as service_start_hk,
        min(decision_hk) as decision_hk,
        min(service_hk) as service_hk,
        min(service_unit_hk) as service_unit_hk,
        min(extract_datetime) as extract_datetime,
        min(load_datetime) as load_datetime,
        min_by(record_source, load_datetime) as record_source,
        min_by(delivery_id, load_datetime) as delivery_id
    from told
    {{ not_loaded('told', ['service_start_decision_hk'], first='where') }}
    group by service_start_decision_hk
)

select *
from first_told
{% if not is_incremental() %}
union all
{{ ghost_rows(['service_start_decision_hk', 'service_start_hk', 'decision_hk', 'service_hk', 'service_unit_hk'], {}) }}
{% endif %}
