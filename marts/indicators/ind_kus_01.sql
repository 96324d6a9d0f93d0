-- One row per county and period: net operating cost in euros per resident.
with

cost as (
    select * from {{ ref('fct_cost_month') }}
    where account_kind in ('cost', 'income')
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
        'all' as service_code,
        'all' as segment_code,
        'all' as sex_code,
        'all' as age_group_code,
        -- Costs are posted positive and income negative.
        cost.amount as numerator,
        cast(null as bigint) as denominator,
        cast(null as integer) as covered,
        cast(null as integer) as coverable
    from cost
    cross join {{ ref('home_county') }} as home

    union all

    select
        area_county_code, 'other', month, closing_year, 'all', 'all', 'all', 'all',
        cast(null as decimal(18, 2)),
        residents,
        cast(null as integer),
        cast(null as integer)
    from population
)

{{ roll_up('KUS-01', persons=false) }}
