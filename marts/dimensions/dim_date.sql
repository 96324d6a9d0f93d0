-- One row per day from 2020 to 2030, with a running number of weekdays, so that counting weekdays is a subtraction.
with

day as (
    {{ every_day('2020-01-01', '2030-12-31') }}
),

holiday as (
    select * from {{ ref('ref_holiday') }}
),

numbered as (
    select
        day.calendar_date,
        -- 30 December 2019 was a Monday.
        {{ days_between("date '2019-12-30'", 'day.calendar_date') }} % 7 + 1 as weekday_number,
        holiday.holiday_date is not null as is_day_off,
        coalesce(holiday.is_public, false) as is_public_holiday,
        holiday.name_fi as holiday_name_fi,
        holiday.name_sv as holiday_name_sv
    from day
    left join holiday
        on day.calendar_date = holiday.holiday_date
)

select
    calendar_date,
    year(calendar_date) as year,
    quarter(calendar_date) as quarter,
    month(calendar_date) as month_number,
    {{ month_of('calendar_date') }} as month,
    {{ month_end('calendar_date') }} as month_end_date,
    weekday_number,
    weekday_number <= 5 and not is_day_off as is_weekday,
    sum(case when weekday_number <= 5 and not is_day_off then 1 else 0 end)
        over (order by calendar_date rows between unbounded preceding and current row) as weekday_ordinal,
    is_public_holiday,
    holiday_name_fi,
    holiday_name_sv
from numbered
