-- One row per entry that waits for specialised care at the end of a month, by the state known now.
with

entry as (
    select
        queue_entry.*,
        queue_entry.queue_municipality_code as recorded_municipality_code,
        coalesce(person.sex_code, '0') as sex_code,
        person.birth_date
    from {{ ref('current_queue_entry') }} as queue_entry
    left join {{ ref('person_group') }} as person
        on queue_entry.person_hk = person.person_hk
),

{{ placed('entry', 'queued_date') }},

-- The delivered history begins with the first treatment; before it the list would look too short.
history as (
    select min(treatment_started_date) as first_date from entry
),

as_of as (
    select as_of_date from {{ ref('as_of') }} where source = 'patient'
),

month_end as (
    select day.calendar_date as month_end_date
    from {{ ref('dim_date') }} as day
    cross join history
    cross join as_of
    where
        day.calendar_date = day.month_end_date
        and day.calendar_date between history.first_date and as_of.as_of_date
),

closing as (
    select max(month_end_date) as month_end_date from month_end group by year(month_end_date)
)

select
    month_end.month_end_date,
    {{ month_of('month_end.month_end_date') }} as month,
    case when closing.month_end_date is not null then {{ year_of('month_end.month_end_date') }} end as closing_year,
    placed.queue_entry_id,
    placed.person_hk,
    placed.queue_specialty_code,
    placed.municipality_code,
    placed.county_code,
    placed.organiser_code,
    placed.area_county_code,
    placed.area_municipality_code,
    placed.sex_code,
    coalesce(age_group.code, 'unknown') as age_group_code,
    {{ days_between('placed.queued_date', 'month_end.month_end_date') }} as waited_days
from placed
inner join month_end
    on
        placed.queued_date <= month_end.month_end_date
        and coalesce(placed.treatment_started_date, date '9999-12-31') > month_end.month_end_date
        and coalesce(placed.queue_removed_date, date '9999-12-31') > month_end.month_end_date
left join closing
    on month_end.month_end_date = closing.month_end_date
left join {{ ref('ref_age_group') }} as age_group
    on
        {{ age_on('month_end.month_end_date', 'placed.birth_date') }}
        between age_group.age_min and coalesce(age_group.age_max, 200)
