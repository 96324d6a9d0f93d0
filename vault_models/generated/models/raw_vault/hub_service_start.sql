-- One row per service_start that any delivery ever named. Insert only.
{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false) }}

with

named as (
    select
        service_start_hk,
        paatos_id as service_start_id,
        extract_datetime,
        load_datetime,
        record_source,
        delivery_id
    from {{ ref('stg_social__decision') }}
    where service_start_hk not in ({{ ghost_keys() }})
),

first_named as (
    select
        service_start_hk,
        min(service_start_id) as service_start_id,
        min(extract_datetime) as extract_datetime,
        min(load_datetime) as load_datetime,
        min_by(record_source, load_datetime) as record_source,
        min_by(delivery_id, load_datetime) as delivery_id
    from named
    {{ not_loaded('named', ['service_start_hk'], first='where') }}
    group by service_start_hk
)

select *
from first_named
{% if not is_incremental() %}
union all
{{ ghost_rows(['service_start_hk'], {'service_start_id': 'varchar'}) }}
{% endif %}
