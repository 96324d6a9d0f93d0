-- One row per organiser of health and social services: counties, Helsinki and HUS, which has no county code.
select
    code as organiser_code,
    name_fi,
    name_sv,
    name_en,
    county_code,
    cast(valid_from as date) as valid_from,
    cast(valid_to as date) as valid_to
from {{ ref('ref_organiser') }}
