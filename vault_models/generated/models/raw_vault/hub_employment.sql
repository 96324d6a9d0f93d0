-- One row per employment that any delivery ever named. Insert only.
{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false) }}

with

named as (
    select
        employment_hk,
        palvelussuhde as employment_id,
        extract_datetime,
        load_datetime,
        record_source,
        delivery_id
    from {{ ref('stg_hr__employment') }}
    where employment_hk not in ({{ ghost_keys() }})

    union all

    select
        employment_hk,
        palvelussuhde as employment_id,
        extract_datetime,
        load_datetime,
        record_source,
        delivery_id
    from {{ ref('stg_hr__absence') }}
    where employment_hk not in ({{ ghost_keys() }})
),

first_named as (
    select
        employment_hk,
        min(employment_id) as employment_id,
        min(extract_datetime) as extract_datetime,
        min(load_datetime) as load_datetime,
        min_by(record_source, load_datetime) as record_source,
        min_by(delivery_id, load_datetime) as delivery_id
    from named
    {{ not_loaded('named', ['employment_hk'], first='where') }}
    group by employment_hk
)

select *
from first_named
{% if not is_incremental() %}
union all
{{ ghost_rows(['employment_hk'], {'employment_id': 'varchar'}) }}
{% endif %}
