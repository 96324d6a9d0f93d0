-- One row per area, period and group: residents who have waited over 180 days for specialised care, per 10 000 residents.
with

queue as (
    select * from {{ ref('fct_queue_month_end') }}
    where county_code = area_county_code
),

reported as (
    select distinct month from queue
),

population as (
    select * from {{ ref('fct_population') }}
),

part as (
    select
        area_county_code, area_municipality_code, month, closing_year as year, sex_code, age_group_code,
        'all' as service_code,
        'all' as segment_code,
        {{ count_if('waited_days > 180') }} as numerator,
        cast(null as integer) as denominator,
        cast(null as integer) as covered,
        cast(null as integer) as coverable
    from queue

    union all

    -- No one waiting is zero in a month that was reported, and unknown in one that was not.
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

{{ roll_up('SAA-12') }}
