-- One row per county, period and service: net operating cost in euros per resident.
with

cost as (
    select * from {{ ref('fct_cost_month') }}
    where account_kind in ('cost', 'income')
),

service as (
    select distinct service_code from cost
),

population as (
    select * from {{ ref('fct_population') }}
),

part as (
    select
        home.home_county_code as area_county_code,
        'other' as area_municipality_code,
        cost.month,
        cost.year,
        cost.service_code,
        'all' as segment_code,
        'all' as sex_code,
        'all' as age_group_code,
        cost.amount as numerator,
        cast(null as bigint) as denominator,
        cast(null as integer) as covered,
        cast(null as integer) as coverable
    from cost
    cross join {{ ref('home_county') }} as home

    union all

    select
        population.area_county_code, 'other', population.month, population.closing_year, service.service_code,
        'all', 'all', 'all',
        cast(null as decimal(18, 2)),
        population.residents,
        cast(null as integer),
        cast(null as integer)
    from population
    cross join service
)

{{ roll_up('KUS-02', persons=false) }}
