-- One row per timed case and the rule of law that binds it: how long it waited, and whether that was within the limit.
with

access_case as (
    select * from {{ ref('access_case') }}
),

rule as (
    select * from {{ ref('ref_time_limit') }}
    where status <> 'cancelled before force'
),

day as (
    select * from {{ ref('dim_date') }}
),

bound as (
    select
        access_case.*,
        rule.rule_id,
        rule.unit,
        rule.amount
    from access_case
    inner join rule
        on
            access_case.area = rule.area
            and (rule.target_group = 'all' or access_case.group_code = rule.target_group)
            and (rule.age_min is null or access_case.age >= rule.age_min)
            and (rule.age_max is null or access_case.age <= rule.age_max)
            and case rule.selecting_date
                when 'pending' then access_case.pending_date
                when 'decision' then access_case.decision_date
                else access_case.start_date
            end between cast(rule.valid_from as date) and coalesce(cast(rule.valid_to as date), date '9999-12-31')
    where
        -- A referral processed before it arrived is a slip of recording, not a wait.
        not (
            access_case.area = 'specialised_referral'
            and coalesce(access_case.end_date < access_case.start_date, false)
        )
        and not (access_case.area in ('primary_treatment', 'oral_treatment') and access_case.age is null)
),

limited as (
    select
        bound.*,
        case bound.unit
            when 'day' then {{ add_days('bound.start_date', 'bound.amount') }}
            when 'week' then {{ add_days('bound.start_date', '7 * bound.amount') }}
            when 'month' then {{ add_months('bound.start_date', 'bound.amount') }}
            when 'weekday' then due_day.calendar_date
        end as limit_date
    from bound
    left join day as start_day
        on bound.start_date = start_day.calendar_date
    left join day as due_day
        on
            bound.unit = 'weekday'
            and due_day.is_weekday
            and due_day.weekday_ordinal
            = start_day.weekday_ordinal + {{ weekdays_ahead('bound.amount', 'start_day.is_weekday') }}
)

select
    limited.rule_id,
    limited.area,
    limited.case_id,
    limited.person_hk,
    limited.service_unit_hk,
    limited.municipality_code,
    limited.county_code,
    limited.organiser_code,
    limited.area_county_code,
    limited.area_municipality_code,
    limited.sex_code,
    limited.age_group_code,
    limited.start_date,
    limited.end_date,
    {{ days_between('limited.start_date', 'limited.end_date') }} as waited_days,
    limited.limit_date,
    case
        when limited.end_date is not null then limited.end_date <= limited.limit_date
        when limited.limit_date < as_of.as_of_date then false
    end as is_within_limit,
    case
        when limited.end_date is not null then 'done'
        when limited.limit_date < as_of.as_of_date then 'open_overdue'
        else 'open'
    end as status,
    as_of.as_of_date as as_of
from limited
left join {{ ref('as_of') }} as as_of
    on limited.source = as_of.source
