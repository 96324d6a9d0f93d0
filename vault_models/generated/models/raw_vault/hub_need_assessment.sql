-- One row per need_assessment that any delivery ever named. Insert only.
{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false) }}

with

named as (
    select
        need_assessment_hk,
        avohilmo_id as need_assessment_id,
        extract_datetime,
        load_datetime,
        record_source,
        delivery_id
    from {{ ref('stg_patient__avohilmo') }}
    where need_assessment_hk not in ({{ ghost_keys() }})
),

first_named as (
    select
        need_assessment_hk,
        min(need_assessment_id) as need_assessment_id,
        min(extract_datetime) as extract_datetime,
        min(load_datetime) as load_datetime,
        min_by(record_source, load_datetime) as record_source,
        min_by(delivery_id, load_datetime) as delivery_id
    from named
    {{ not_loaded('named', ['need_assessment_hk'], first='where') }}
    group by need_assessment_hk
)

select *
from first_named
{% if not is_incremental() %}
union all
{{ ghost_rows(['need_assessment_hk'], {'need_assessment_id': 'varchar'}) }}
{% endif %}
