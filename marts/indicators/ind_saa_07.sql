-- One row per area, period and group: non-urgent visits that a linked need assessment precedes.
with

part as (
    select
        area_county_code, area_municipality_code, month, year, sex_code, age_group_code,
        'all' as service_code,
        'all' as segment_code,
        {{ count_if('has_linked_assessment') }} as numerator,
        1 as denominator,
        cast(null as integer) as covered,
        cast(null as integer) as coverable
    from {{ ref('visit_access') }}
)

{{ roll_up('SAA-07') }}
