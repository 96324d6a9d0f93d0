-- One row: the county in which most residents of the population register live.
with

residence as (
    select * from {{ ref('current_person_residence') }}
),

municipality as (
    select * from {{ ref('ref_municipality') }}
)

select municipality.county_code as home_county_code
from residence
inner join municipality
    on residence.municipality_code = municipality.code
group by municipality.county_code
order by count(*) desc, municipality.county_code
limit 1
