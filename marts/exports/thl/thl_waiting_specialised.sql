-- One row per county and month end: who waits for specialised care, in the columns of THL's table.
with

queue as (
    select * from {{ ref('fct_queue_month_end') }}
),

counted as (
    select
        area_county_code,
        month_end_date,
        count(*) as waiting,
        cast(sum(case when waited_days <= 90 then 1 else 0 end) as bigint) as waiting_1_90,
        cast(sum(case when waited_days between 91 and 180 then 1 else 0 end) as bigint) as waiting_91_180,
        cast(sum(case when waited_days > 180 then 1 else 0 end) as bigint) as waiting_over_180,
        cast(sum(
            case when waited_days > 180 and county_code = area_county_code then 1 else 0 end
        ) as bigint) as own_over_180,
        {{ quantile('waited_days', 0.5) }} as median_days
    from queue
    group by area_county_code, month_end_date
),

population as (
    select
        area_county_code,
        month_end_date,
        cast(sum(residents) as bigint) as residents
    from {{ ref('fct_population') }}
    group by area_county_code, month_end_date
)

select
    counted.area_county_code as region,
    counted.month_end_date,
    counted.waiting,
    counted.waiting_1_90,
    counted.waiting_91_180,
    counted.waiting_over_180,
    100.0 * counted.waiting_over_180 / counted.waiting as percent_over_180,
    10000.0 * counted.own_over_180 / nullif(population.residents, 0) as over_180_per_10000,
    counted.median_days
from counted
left join population
    on
        counted.area_county_code = population.area_county_code
        and counted.month_end_date = population.month_end_date
