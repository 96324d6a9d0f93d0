-- One row per county, period and service: operating cost in euros per visit.
with

product as (
    select 'T11' as service_form_code, '2100' as service_code
    union all
    select 'T60', '2110'
    union all
    select 'T40', '2300'
),

cost as (
    select * from {{ ref('fct_cost_month') }}
    where
        account_kind = 'cost'
        and service_code in (select product.service_code from product)
),

visit as (
    select * from {{ ref('fct_visit') }}
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
        cast(null as integer) as denominator,
        cast(null as integer) as covered,
        cast(null as integer) as coverable
    from cost
    cross join {{ ref('home_county') }} as home

    union all

    select
        home.home_county_code, 'other', visit.month, visit.year, product.service_code, 'all', 'all', 'all',
        cast(null as decimal(18, 2)),
        1,
        cast(null as integer),
        cast(null as integer)
    from visit
    inner join product
        on visit.service_form_code = product.service_form_code
    cross join {{ ref('home_county') }} as home
)

{{ roll_up('TUO-02', persons=false) }}
