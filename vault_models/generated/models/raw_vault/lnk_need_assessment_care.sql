-- One row per need_assessment, person, service_unit, contact that were ever told together. Insert only.
{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false) }}

with

told as (
    select
        need_assessment_care_hk,
        need_assessment_hk,
        person_hk,
        service_unit_hk,
        contact_hk,
        extract_datetime,
        load_datetime,
        record_source,
        delivery_id
    from {{ ref('stg_patient__avohilmo') }}
    where need_assessment_hk not in ({{ ghost_keys() }})
),

first_told as (
    select
        need_assessment_care_hk,
        min(need_assessment_hk) as need_assessment_hk,
        min(person_hk) as person_hk,
        min(service_unit_hk) as service_unit_hk,
        min(contact_hk) as contact_hk,
        min(extract_datetime) as extract_datetime,
        min(load_datetime) as load_datetime,
        min_by(record_source, load_datetime) as record_source,
        min_by(delivery_id, load_datetime) as delivery_id
    from told
    {{ not_loaded('told', ['need_assessment_care_hk'], first='where') }}
    group by need_assessment_care_hk
)

select *
from first_told
{% if not is_incremental() %}
union all
{{ ghost_rows(['need_assessment_care_hk', 'need_assessment_hk', 'person_hk', 'service_unit_hk', 'contact_hk'], {}) }}
{% endif %}
