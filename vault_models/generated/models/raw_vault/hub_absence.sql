-- One row per absence that any delivery ever named. Insert only.
{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false) }}

with

named as (
    select
        absence_hk,
        poissaolo as absence_id,
        extract_datetime,
        load_datetime,
        record_source,
        delivery_id
    from {{ ref('stg_hr__absence') }}
    where absence_hk not in ({{ ghost_keys() }})
),

first_named as (
    select
        absence_hk,
        min(absence_id) as absence_id,
        min(extract_datetime) as extract_datetime,
        min(load_datetime) as load_datetime,
        min_by(record_source, load_datetime) as record_source,
        min_by(delivery_id, load_datetime) as delivery_id
    from named
    {{ not_loaded('named', ['absence_hk'], first='where') }}
    group by absence_hk
)

select *
from first_named
{% if not is_incremental() %}
union all
{{ ghost_rows(['absence_hk'], {'absence_id': 'varchar'}) }}
{% endif %}
