-- One row per unit, profession group and month: person-years HTV2, paid calendar days / 365 x part-time share (KT 2021).
with

employment as (
    select * from {{ ref('current_employment') }}
),

absence as (
    select * from {{ ref('current_absence') }}
    where not absence_is_paid
),

as_of as (
    select as_of_date from {{ ref('as_of') }} where source = 'hr'
),

counted_day as (
    select
        day.calendar_date,
        day.month
    from {{ ref('dim_date') }} as day
    inner join as_of
        on
            day.calendar_date <= as_of.as_of_date
            and day.year >= year(as_of.as_of_date) - 2
),

month as (
    select
        month,
        min(calendar_date) as first_date,
        max(calendar_date) as last_date
    from counted_day
    group by month
),

-- A day is unpaid once, also when two absences cover it.
unpaid as (
    select
        absence.employment_hk,
        counted_day.month,
        count(distinct counted_day.calendar_date) as unpaid_days
    from absence
    inner join employment
        on absence.employment_hk = employment.employment_hk
    inner join counted_day
        on
            counted_day.calendar_date between absence.absence_started_date and absence.absence_ended_date
            and counted_day.calendar_date >= employment.employment_started_date
            and counted_day.calendar_date <= coalesce(employment.employment_ended_date, date '9999-12-31')
    group by absence.employment_hk, counted_day.month
),

employed as (
    select
        employment.employment_hk,
        employment.service_unit_hk,
        coalesce(employment.profession_group_code, 'other') as profession_group_code,
        employment.part_time_percent,
        month.month,
        {{ days_between(
            'greatest(employment.employment_started_date, month.first_date)',
            "least(coalesce(employment.employment_ended_date, date '9999-12-31'), month.last_date)"
        ) }} + 1 as employed_days
    from employment
    inner join month
        on
            employment.employment_started_date <= month.last_date
            and coalesce(employment.employment_ended_date, date '9999-12-31') >= month.first_date
)

select
    employed.service_unit_hk,
    employed.profession_group_code,
    employed.month,
    substr(employed.month, 1, 4) as year,
    cast(sum(
        (employed.employed_days - coalesce(unpaid.unpaid_days, 0)) / 365.0 * employed.part_time_percent / 100.0
    ) as double) as person_years
from employed
left join unpaid
    on
        employed.employment_hk = unpaid.employment_hk
        and employed.month = unpaid.month
group by employed.service_unit_hk, employed.profession_group_code, employed.month
