-- One row per area, period and group: contacts with a doctor in primary outpatient care, all contact types, per 1 000 residents.
with

visit as (
    select * from {{ ref('fct_visit') }}
    where profession_group_code = 'doctor'
),

reported as (
    select distinct month from visit
),

population as (
    select * from {{ ref('fct_population') }}
),

part as (
    select
        area_county_code, area_municipality_code, month, year, sex_code, age_group_code,
        'all' as service_code,
        'all' as segment_code,
        1 as numerator,
        cast(null as integer) as denominator,
        cast(null as integer) as covered,
        cast(null as integer) as coverable
    from visit

    union all

    select
        population.area_county_code, population.area_municipality_code, population.month, population.closing_year,
        population.sex_code, population.age_group_code, 'all', 'all',
        case when reported.month is not null then 0 end,
        population.residents,
        cast(null as integer),
        cast(null as integer)
    from population
    left join reported
        on population.month = reported.month
)

{{ roll_up('SAA-26') }}
