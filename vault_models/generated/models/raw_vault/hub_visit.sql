-- One row per visit that any delivery ever named. Insert only.
{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false) }}

with

named as (
    select
        visit_hk,
        avohilmo_id as visit_id,
        extract_datetime,
        load_datetime,
        record_source,
        delivery_id
    from {{ ref('stg_patient__avohilmo') }}
    where visit_hk not in ({{ ghost_keys() }})
),

first_named as (
    select
        visit_hk,
        min(visit_id) as visit_id,
        min(extract_datetime) as extract_datetime,
        min(load_datetime) as load_datetime,
        min_by(record_source, load_datetime) as record_source,
        min_by(delivery_id, load_datetime) as delivery_id
    from named
    {{ not_loaded('named', ['visit_hk'], first='where') }}
    group by visit_hk
)

select *
from first_named
{% if not is_incremental() %}
union all
{{ ghost_rows(['visit_hk'], {'visit_id': 'varchar'}) }}
{% endif %}
