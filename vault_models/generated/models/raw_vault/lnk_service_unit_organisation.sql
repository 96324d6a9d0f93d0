-- One row per service_unit, organiser, producer that were ever told together. Insert only.
{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false) }}

with

told as (
    select
        service_unit_organisation_hk,
        service_unit_hk,
        organiser_hk,
        producer_hk,
        delivery_number
    from {{ ref('stg_reference__unit') }}
    where
        service_unit_hk not in ({{ ghost_keys() }})
),

first_told as (
    select
        service_unit_organisation_hk,
        any_value(service_unit_hk) as service_unit_hk,
        any_value(organiser_hk) as organiser_hk,
        any_value(producer_hk) as producer_hk,
        min(delivery_number) as delivery_number
    from told
    {{ not_loaded('told', ['service_unit_organisation_hk']) }}
    group by service_unit_organisation_hk
)

select
    first_told.service_unit_organisation_hk,
    first_told.service_unit_hk,
    first_told.organiser_hk,
    first_told.producer_hk,
    pending.extract_datetime,
    pending.load_datetime,
    pending.record_source,
    pending.delivery_id
from first_told
inner join {{ ref('pending_delivery') }} as pending on first_told.delivery_number = pending.delivery_number
{% if not is_incremental() %}
union all
{{
    ghost_rows(
        ['service_unit_organisation_hk', 'service_unit_hk', 'organiser_hk', 'producer_hk'],
        {}
    )
}}
{% endif %}
