-- One row per area, period, group and class: those who wait for specialised care on the last day, and the share of each class.
with

queue as (
    select * from {{ ref('fct_queue_month_end') }}
),

waiting_class as (
    select code, days_min, days_max from {{ ref('ref_waiting_class') }}
    where class_set = 'specialised'
    union all
    select 'all', 0, cast(null as integer)
),

part as (
    select
        queue.area_county_code, queue.area_municipality_code, queue.month, queue.closing_year as year,
        queue.sex_code, queue.age_group_code,
        'all' as service_code,
        waiting_class.code as segment_code,
        {{ count_if('queue.waited_days between waiting_class.days_min and coalesce(waiting_class.days_max, 99999)') }}
            as numerator,
        1 as denominator,
        cast(null as integer) as covered,
        cast(null as integer) as coverable
    from queue
    cross join waiting_class
)

{{ roll_up('SAA-11') }}
