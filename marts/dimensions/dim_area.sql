-- One row per area and period of validity: municipalities with their county, counties, and the country.
with

municipality as (
    select * from {{ ref('ref_municipality') }}
),

county as (
    select * from {{ ref('ref_county') }}
)

select
    municipality.code as area_code,
    'municipality' as area_level,
    municipality.name_fi,
    municipality.name_sv,
    municipality.name_en,
    municipality.county_code,
    county.yta_code,
    cast(null as string) as sotkanet_id,
    cast(municipality.valid_from as date) as valid_from,
    cast(municipality.valid_to as date) as valid_to,
    -- The counties began on 1 January 2023; before that a county's figure is a sum of its municipalities.
    greatest(cast(municipality.valid_from as date), date '2023-01-01') as county_valid_from
from municipality
left join county
    on municipality.county_code = county.code

union all

select
    county.code as area_code,
    'county' as area_level,
    county.name_fi,
    county.name_sv,
    county.name_en,
    county.code as county_code,
    county.yta_code,
    cast(county.sotkanet_id as string) as sotkanet_id,
    cast(county.valid_from as date) as valid_from,
    cast(county.valid_to as date) as valid_to,
    cast(county.valid_from as date) as county_valid_from
from county

union all

select
    'FI' as area_code,
    'country' as area_level,
    'koko maa' as name_fi,
    'hela landet' as name_sv,
    'whole country' as name_en,
    cast(null as string) as county_code,
    cast(null as string) as yta_code,
    '658' as sotkanet_id,
    date '1900-01-01' as valid_from,
    cast(null as date) as valid_to,
    cast(null as date) as county_valid_from
