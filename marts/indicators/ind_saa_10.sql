-- One row per area, period, group and class: referrals processed within three weeks, and the classes and median of days.
with

referral as (
    select * from {{ ref('access_case') }}
    where
        area = 'specialised_referral'
        and end_date is not null
),

timed as (
    select
        referral.*,
        {{ month_of('end_date') }} as month,
        {{ year_of('end_date') }} as year,
        {{ days_between('start_date', 'end_date') }} as waited_days
    from referral
),

segment as (
    select 'all' as segment_code, 0 as days_min, 21 as days_max
    union all
    select '0-3', 0, 3
    union all
    select '4-21', 4, 21
    union all
    select '22-', 22, 99999
    union all
    select 'median', 0, 99999
),

part as (
    select
        timed.area_county_code, timed.area_municipality_code, timed.month, timed.year, timed.sex_code,
        timed.age_group_code,
        'all' as service_code,
        segment.segment_code,
        case
            when segment.segment_code <> 'median' and timed.waited_days >= 0
                then {{ count_if('timed.waited_days between segment.days_min and segment.days_max') }}
        end as numerator,
        {{ count_if('timed.waited_days >= 0') }} as denominator,
        -- Processed before it arrived: counted as not covered.
        {{ count_if('timed.waited_days >= 0') }} as covered,
        1 as coverable,
        case when timed.waited_days >= 0 then timed.waited_days end as waited_days
    from timed
    cross join segment
)

{{ roll_up('SAA-10', value="case when segment_code = 'median' then " ~ quantile('waited_days', 0.5) ~ " end") }}
