-- One row per county, period and profession group: person-years HTV2.
with

person_year as (
    select
        profession_group_code as segment_code,
        month,
        year,
        person_years
    from {{ ref('fct_person_year_month') }}
    union all
    select 'all', month, year, person_years from {{ ref('fct_person_year_month') }}
),

part as (
    select
        home.home_county_code as area_county_code,
        'other' as area_municipality_code,
        person_year.month,
        person_year.year,
        'all' as service_code,
        person_year.segment_code,
        'all' as sex_code,
        'all' as age_group_code,
        person_year.person_years as numerator,
        cast(null as integer) as denominator,
        cast(null as integer) as covered,
        cast(null as integer) as coverable
    from person_year
    cross join {{ ref('home_county') }} as home
)

{{ roll_up('TUO-03', persons=false, value='sum(numerator)') }}
