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
        extract_datetime,
        load_datetime,
        record_source,
        delivery_id
    from {{ ref('stg_social__decision') }}
    where decision_hk not in ({{ ghost_keys() }})
),

first_told as (
    select
        decision_matter_hk,
        min(decision_hk) as decision_hk,
        min(matter_hk) as matter_hk,
        min(person_hk) as person_hk,
        min(service_hk) as service_hk,
        min(extract_datetime) as extract_datetime,
        min(load_datetime) as load_datetime,
        min_by(record_source, load_datetime) as record_source,
        min_by(delivery_id, load_datetime) as delivery_id
    from told
    {{ not_loaded('told', ['decision_matter_hk'], first='where') }}
    group by decision_matter_hk
)

select *
from first_told
{% if not is_incremental() %}
union all
{{ ghost_rows(['decision_matter_hk', 'decision_hk', 'matter_hk', 'person_hk', 'service_hk'], {}) }}
{% endif %}
