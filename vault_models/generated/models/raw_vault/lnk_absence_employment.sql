-- One row per absence, employment that were ever told together. Insert only.
{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false) }}

with

told as (
    select
        absence_employment_hk,
        absence_hk,
        employment_hk,
        extract_datetime,
        load_datetime,
        record_source,
        delivery_id
    from {{ ref('stg_hr__absence') }}
    where absence_hk not in ({{ ghost_keys() }})
),

first_told as (
    select
        absence_employment_hk,
        min(absence_hk) as absence_hk,
        min(employment_hk) as employment_hk,
        min(extract_datetime) as extract_datetime,
        min(load_datetime) as load_datetime,
        min_by(record_source, load_datetime) as record_source,
        min_by(delivery_id, load_datetime) as delivery_id
    from told
    {{ not_loaded('told', ['absence_employment_hk'], first='where') }}
    group by absence_employment_hk
)

select *
from first_told
{% if not is_incremental() %}
union all
{{ ghost_rows(['absence_employment_hk', 'absence_hk', 'employment_hk'], {}) }}
{% endif %}
