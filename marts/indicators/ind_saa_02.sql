-- One row per area, period, group and waiting class: the share of first non-urgent visits in the class.
with

visit as (
    select * from {{ ref('visit_access') }}
    where service_form_code = 'T11'
),

waiting_class as (
    select
        code,
        days_min,
        coalesce(days_max, 99999) as days_max
    from {{ ref('ref_waiting_class') }}
    where class_set = 'primary'
),

part as (
    select
        visit.area_county_code, visit.area_municipality_code, visit.month, visit.year, visit.sex_code,
        visit.age_group_code,
        'all' as service_code,
        waiting_class.code as segment_code,
        case
            when visit.is_case then
                {{ count_if('visit.waited_days between waiting_class.days_min and waiting_class.days_max') }}
        end as numerator,
        {{ count_if('visit.is_case') }} as denominator,
        {{ count_if('visit.is_measured') }} as covered,
        1 as coverable
    from visit
    cross join waiting_class
)

{{ roll_up('SAA-02') }}
