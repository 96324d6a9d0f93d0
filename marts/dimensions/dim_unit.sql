-- One row per service unit, also one that the unit register does not know, with its organiser and producer.
with

unit as (
    select * from {{ ref('current_service_unit') }}
),

unit_organiser as (
    select * from {{ ref('current_organiser') }}
),

organiser as (
    select * from {{ ref('dim_organiser') }}
),

producer as (
    select * from {{ ref('dim_producer') }}
)

select
    unit.service_unit_hk,
    unit.unit_oid,
    unit.unit_name_fi,
    unit.unit_name_sv,
    unit.unit_municipality_code,
    unit.unit_area_code,
    coalesce(unit.production_mode_code, 'unknown') as production_mode_code,
    coalesce(unit_organiser.organiser_code, 'unknown') as organiser_code,
    organiser.county_code as organiser_county_code,
    producer.producer_business_id,
    producer.producer_name,
    unit_organiser.organiser_code is not null as is_in_register
from unit
left join unit_organiser
    on unit.organiser_hk = unit_organiser.organiser_hk
left join organiser
    on unit_organiser.organiser_code = organiser.organiser_code
left join producer
    on unit.producer_hk = producer.producer_hk
