-- One row per service that any delivery ever named. Insert only.
{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false) }}

with

named as (
    select
        service_hk,
        palveluluokka as service_code,
        extract_datetime,
        load_datetime,
        record_source,
        delivery_id
    from {{ ref('stg_finance__cost_centre') }}
    where service_hk not in ({{ ghost_keys() }})

    union all

    select
        service_hk,
        palveluluokka as service_code,
        extract_datetime,
        load_datetime,
        record_source,
        delivery_id
    from {{ ref('stg_social__decision') }}
    where service_hk not in ({{ ghost_keys() }})
),

first_named as (
    select
        service_hk,
        min(service_code) as service_code,
        min(extract_datetime) as extract_datetime,
        min(load_datetime) as load_datetime,
        min_by(record_source, load_datetime) as record_source,
        min_by(delivery_id, load_datetime) as delivery_id
    from named
    {{ not_loaded('named', ['service_hk'], first='where') }}
    group by service_hk
)

select *
from first_named
{% if not is_incremental() %}
union all
{{ ghost_rows(['service_hk'], {'service_code': 'varchar'}) }}
{% endif %}
