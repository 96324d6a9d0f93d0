-- One row per indicator, area, period, service, segment, sex and age group: its value, months that nobody reported too.
with

rolled as (
    select * from {{ ref('indicator_sum') }}
),

definition as (
    select
        indicator.*,
        as_of.as_of_date
    from {{ ref('ref_indicator') }} as indicator
    left join {{ ref('as_of') }} as as_of
        on indicator.main_source = as_of.source
),

valued as (
    select
        rolled.*,
        case
            when rolled.given_value is not null then rolled.given_value
            when rolled.denominator > 0 then rolled.numerator / rolled.denominator * definition.factor
        end as value
    from rolled
    inner join definition
        on rolled.indicator = definition.indicator
),

first_period as (
    select
        indicator,
        substr(min(period), 1, 4) as first_year,
        min(case when length(period) = 7 then period end) as first_month
    from valued
    where value is not null
    group by indicator
),

series as (
    select distinct indicator, area_code, area_level, service_code, segment_code
    from valued
    where value is not null
),

-- A month that nobody reported stays in the table as missing.
reported as (
    select * from valued
    union all
    select
        series.indicator, series.area_code, series.area_level, day.month, series.service_code, series.segment_code,
        'all', 'all',
        cast(null as double), cast(null as double), cast(null as double), cast(null as double), cast(null as double)
    from series
    inner join definition
        on series.indicator = definition.indicator
    inner join first_period
        on series.indicator = first_period.indicator
    inner join {{ ref('dim_date') }} as day
        on
            day.calendar_date = day.month_end_date
            and day.calendar_date <= definition.as_of_date
            and day.month >= first_period.first_month
    left join valued
        on
            series.indicator = valued.indicator
            and series.area_code = valued.area_code
            and series.area_level = valued.area_level
            and series.service_code = valued.service_code
            and series.segment_code = valued.segment_code
            and day.month = valued.period
    where valued.indicator is null
)

select
    reported.*,
    first_period.first_year,
    first_period.first_month
from reported
inner join first_period
    on reported.indicator = first_period.indicator
