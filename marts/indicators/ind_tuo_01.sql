-- One row per county, period and profession group: visits per person-year in units that have both.
with

visit as (
    select
        service_unit_hk,
        profession_group_code,
        month,
        year,
        count(*) as visits
    from {{ ref('fct_visit') }}
    group by service_unit_hk, profession_group_code, month, year
),

person_year as (
    select * from {{ ref('fct_person_year_month') }}
    where person_years > 0
),

part as (
    select
        home.home_county_code as area_county_code,
        'other' as area_municipality_code,
        visit.month,
        visit.year,
        'all' as service_code,
        visit.profession_group_code as segment_code,
        'all' as sex_code,
        'all' as age_group_code,
        visit.visits as numerator,
        person_year.person_years as denominator,
        cast(null as integer) as covered,
        cast(null as integer) as coverable
    from visit
    inner join person_year
        on
            visit.service_unit_hk = person_year.service_unit_hk
            and visit.profession_group_code = person_year.profession_group_code
            and visit.month = person_year.month
    cross join {{ ref('home_county') }} as home
)

{{ roll_up('TUO-01', persons=false) }}
