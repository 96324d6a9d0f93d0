-- One row per county, period and production mode: its share of operating costs.
with

cost as (
    select * from {{ ref('fct_cost_month') }}
    where account_kind = 'cost'
),

part as (
    select
        home.home_county_code as area_county_code,
        'other' as area_municipality_code,
        cost.month,
        cost.year,
        'all' as service_code,
        mode.production_mode_code as segment_code,
        'all' as sex_code,
        'all' as age_group_code,
        case when cost.production_mode_code = mode.production_mode_code then cost.amount else 0 end as numerator,
        cost.amount as denominator,
        cast(null as integer) as covered,
        cast(null as integer) as coverable
    from cost
    cross join {{ ref('dim_production_mode') }} as mode
    cross join {{ ref('home_county') }} as home
)

{{ roll_up('KUS-04', persons=false) }}
