-- One row per booking, person, service_unit that were ever told together. Insert only.
{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false) }}

with

told as (
    select
        booking_care_hk,
        booking_hk,
        person_hk,
        service_unit_hk,
        extract_datetime,
        load_datetime,
        record_source,
        delivery_id
    from {{ ref('stg_patient__avohilmo') }}
    where booking_hk not in ({{ ghost_keys() }})
),

first_told as (
    select
        booking_care_hk,
        min(booking_hk) as booking_hk,
        min(person_hk) as person_hk,
        min(service_unit_hk) as service_unit_hk,
        min(extract_datetime) as extract_datetime,
        min(load_datetime) as load_datetime,
        min_by(record_source, load_datetime) as record_source,
        min_by(delivery_id, load_datetime) as delivery_id
    from told
    {{ not_loaded('told', ['booking_care_hk'], first='where') }}
    group by booking_care_hk
)

select *
from first_told
{% if not is_incremental() %}
union all
{{ ghost_rows(['booking_care_hk', 'booking_hk', 'person_hk', 'service_unit_hk'], {}) }}
{% endif %}
