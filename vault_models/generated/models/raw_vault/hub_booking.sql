-- One row per booking that any delivery ever named. Insert only.
{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false) }}

with

named as (
    select
        booking_hk,
        avohilmo_id as booking_id,
        extract_datetime,
        load_datetime,
        record_source,
        delivery_id
    from {{ ref('stg_patient__avohilmo') }}
    where booking_hk not in ({{ ghost_keys() }})
),

first_named as (
    select
        booking_hk,
        min(booking_id) as booking_id,
        min(extract_datetime) as extract_datetime,
        min(load_datetime) as load_datetime,
        min_by(record_source, load_datetime) as record_source,
        min_by(delivery_id, load_datetime) as delivery_id
    from named
    {{ not_loaded('named', ['booking_hk'], first='where') }}
    group by booking_hk
)

select *
from first_named
{% if not is_incremental() %}
union all
{{ ghost_rows(['booking_hk'], {'booking_id': 'varchar'}) }}
{% endif %}
