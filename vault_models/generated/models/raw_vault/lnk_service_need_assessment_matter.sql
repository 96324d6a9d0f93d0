-- One row per service_need_assessment, matter, person that were ever told together. Insert only.
{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false) }}

with

told as (
    select
        service_need_assessment_matter_hk,
        service_need_assessment_hk,
        matter_hk,
        person_hk,
        extract_datetime,
        load_datetime,
        record_source,
        delivery_id
    from {{ ref('stg_social__matter') }}
    where service_need_assessment_hk not in ({{ ghost_keys() }})
),

first_told as (
    select
        service_need_assessment_matter_hk,
        min(service_need_assessment_hk) as service_need_assessment_hk,
        min(matter_hk) as matter_hk,
        min(person_hk) as person_hk,
        min(extract_datetime) as extract_datetime,
        min(load_datetime) as load_datetime,
        min_by(record_source, load_datetime) as record_source,
        min_by(delivery_id, load_datetime) as delivery_id
    from told
    {{ not_loaded('told', ['service_need_assessment_matter_hk'], first='where') }}
    group by service_need_assessment_matter_hk
)

select *
from first_told
{% if not is_incremental() %}
union all
{{ ghost_rows(['service_need_assessment_matter_hk', 'service_need_assessment_hk', 'matter_hk', 'person_hk'], {}) }}
{% endif %}
