-- One row per municipality, sex, age group and month end: the residents on that day.
with

residence as (
    select * from {{ ref('current_person_residence') }}
),

person as (
    select * from {{ ref('person_group') }}
),

as_of as (
    select as_of_date from {{ ref('as_of') }} where source = 'reference'
),

-- From January two years before: enough for the figures, without counting the whole past again each night.
month_end as (
    select day.calendar_date as month_end_date
    from {{ ref('dim_date') }} as day
    inner join as_of
        on
            day.calendar_date = day.month_end_date
            and day.calendar_date <= as_of.as_of_date
            and day.year >= year(as_of.as_of_date) - 2
),

closing as (
    select max(month_end_date) as month_end_date from month_end group by year(month_end_date)
),

resident as (
    select distinct
        month_end.month_end_date,
        residence.person_hk,
        residence.municipality_code as recorded_municipality_code,
        person.sex_code,
        {{ age_on('month_end.month_end_date', 'person.birth_date') }} as age
    from residence
    inner join person
        on residence.person_hk = person.person_hk
    inner join month_end
        on
            residence.moved_in_date <= month_end.month_end_date
            and coalesce(residence.moved_out_date, date '9999-12-31') >= month_end.month_end_date
            and coalesce(person.death_date, date '9999-12-31') > month_end.month_end_date
            and person.birth_date <= month_end.month_end_date
),

grouped as (
    select
        resident.month_end_date,
        coalesce(municipality.code, 'unknown') as municipality_code,
        coalesce(municipality.county_code, 'unknown') as county_code,
        resident.sex_code,
        coalesce(age_group.code, 'unknown') as age_group_code,
        count(*) as residents
    from resident
    left join {{ ref('ref_municipality') }} as municipality
        on
            resident.recorded_municipality_code = municipality.code
            and resident.month_end_date between cast(municipality.valid_from as date)
            and coalesce(cast(municipality.valid_to as date), date '9999-12-31')
    left join {{ ref('ref_age_group') }} as age_group
        on resident.age between age_group.age_min and coalesce(age_group.age_max, 200)
    group by
        resident.month_end_date,
        coalesce(municipality.code, 'unknown'),
        coalesce(municipality.county_code, 'unknown'),
        resident.sex_code,
        coalesce(age_group.code, 'unknown')
)

select
    grouped.month_end_date,
    {{ month_of('grouped.month_end_date') }} as month,
    -- Filled at the year's last month end: a year's figure is the state at its end.
    case when closing.month_end_date is not null then {{ year_of('grouped.month_end_date') }} end as closing_year,
    grouped.municipality_code,
    grouped.county_code,
    home.home_county_code as area_county_code,
    case when grouped.county_code = home.home_county_code then grouped.municipality_code else 'other' end
        as area_municipality_code,
    grouped.sex_code,
    grouped.age_group_code,
    grouped.residents
from grouped
inner join {{ ref('home_county') }} as home
    on grouped.county_code in (home.home_county_code, 'unknown')
left join closing
    on grouped.month_end_date = closing.month_end_date
