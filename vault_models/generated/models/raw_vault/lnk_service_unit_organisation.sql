-- One row per service_unit, organiser, producer that were ever told together. Insert only.
{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false) }}

with

told as (
    select
        service_unit_organisation_hk,
        service_unit_hk,
        organiser_hk,
        producer_hk,
        extract_datetime,
        load_datetime,
        record_source,
        delivery_id
    from {{ ref('stg_reference__unit') }}
    where service_unit_hk not in ({{ ghost_keys() }})
),

first_told as (
    select
        service_unit_organisation_hk,
        min(service_unit_hk) as service_unit_hk,
        min(organiser_hk) as organiser_hk,
        min(producer_hk) as producer_hk,
        min(extract_datetime) as extract_datetime,
        min(load_datetime) as load_datetime,
        min_by(record_source, load_datetime) as record_source,
        min_by(delivery_id, load_datetime) as delivery_id
    from told
    {{ not_loaded('told', ['service_unit_organisation_hk'], first='where') }}
    group by service_unit_organisation_hk
)

select *
from first_told
{% if not is_incremental() %}
union all
{{ ghost_rows(['service_unit_organisation_hk', 'service_unit_hk', 'organiser_hk', 'producer_hk'], {}) }}
{% endif %}
