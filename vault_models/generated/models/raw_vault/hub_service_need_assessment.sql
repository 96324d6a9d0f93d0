-- One row per service_need_assessment that any delivery ever named. Insert only.
{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false) }}

with

named as (
    select
        service_need_assessment_hk,
        pta_id as service_need_assessment_id,
        extract_datetime,
        load_datetime,
        record_source,
        delivery_id
    from {{ ref('stg_social__matter') }}
    where service_need_assessment_hk not in ({{ ghost_keys() }})
),

first_named as (
    select
        service_need_assessment_hk,
        min(service_need_assessment_id) as service_need_assessment_id,
        min(extract_datetime) as extract_datetime,
        min(load_datetime) as load_datetime,
        min_by(record_source, load_datetime) as record_source,
        min_by(delivery_id, load_datetime) as delivery_id
    from named
    {{ not_loaded('named', ['service_need_assessment_hk'], first='where') }}
    group by service_need_assessment_hk
)

select *
from first_named
{% if not is_incremental() %}
union all
{{ ghost_rows(['service_need_assessment_hk'], {'service_need_assessment_id': 'varchar'}) }}
{% endif %}
