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
        extract_datetime,
        load_datetime,
        record_source,
        delivery_id
    from {{ ref('stg_hr__employment') }}
    where employment_hk not in ({{ ghost_keys() }})
),

first_told as (
    select
        employment_assignment_hk,
        min(employment_hk) as employment_hk,
        min(professional_hk) as professional_hk,
        min(service_unit_hk) as service_unit_hk,
        min(cost_centre_hk) as cost_centre_hk,
        min(extract_datetime) as extract_datetime,
        min(load_datetime) as load_datetime,
        min_by(record_source, load_datetime) as record_source,
        min_by(delivery_id, load_datetime) as delivery_id
    from told
    {{ not_loaded('told', ['employment_assignment_hk'], first='where') }}
    group by employment_assignment_hk
)

select *
from first_told
{% if not is_incremental() %}
union all
{{ ghost_rows(['employment_assignment_hk', 'employment_hk', 'professional_hk', 'service_unit_hk', 'cost_centre_hk'], {}) }}
{% endif %}
