-- One row per area, period and group: residents on the last day.
with

part as (
    select
        area_county_code, area_municipality_code, month, closing_year as year, sex_code, age_group_code,
        'all' as service_code,
        'all' as segment_code,
        residents as numerator,
        cast(null as integer) as denominator,
        cast(null as integer) as covered,
        cast(null as integer) as coverable
    from {{ ref('fct_population') }}
)

{{ roll_up('TAR-01', value='cast(sum(numerator) as double)') }}
