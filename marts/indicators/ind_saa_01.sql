-- One row per area, period and group: first non-urgent visits within the legal limit, of those that an assessment precedes.
with

visit as (
    select * from {{ ref('visit_access') }}
    where service_form_code = 'T11'
),

part as (
    select
        area_county_code, area_municipality_code, month, year, sex_code, age_group_code,
        'all' as service_code,
        'all' as segment_code,
        case when is_case then {{ count_if('is_within_limit') }} end as numerator,
        {{ count_if('is_case') }} as denominator,
        {{ count_if('is_measured') }} as covered,
        1 as coverable
    from visit
)

{{ roll_up('SAA-01') }}
