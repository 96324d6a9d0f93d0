-- One row per area, period, group and statistic: median and 90th percentile of days from assessment to first visit.
with

visit as (
    select * from {{ ref('visit_access') }}
    where service_form_code = 'T11'
),

part as (
    select
        visit.area_county_code, visit.area_municipality_code, visit.month, visit.year, visit.sex_code,
        visit.age_group_code,
        'all' as service_code,
        segment.segment_code,
        cast(null as integer) as numerator,
        {{ count_if('visit.is_case') }} as denominator,
        {{ count_if('visit.is_measured') }} as covered,
        1 as coverable,
        case when visit.is_case then visit.waited_days end as waited_days
    from visit
    cross join {{ ref('dim_segment') }} as segment
    where segment.segment_set = 'statistic'
)

{{ roll_up('SAA-03', value="case segment_code when 'median' then " ~ quantile('waited_days', 0.5)
    ~ " else " ~ quantile('waited_days', 0.9) ~ " end") }}
