-- One row per area, period and group: services that an older person received within three months of the decision.
with

part as (
    select
        area_county_code, area_municipality_code, sex_code, age_group_code,
        {{ month_of('start_date') }} as month,
        {{ year_of('start_date') }} as year,
        'all' as service_code,
        'all' as segment_code,
        {{ count_if('is_within_limit') }} as numerator,
        -- An open case counts once its limit has passed; before that nothing is known of it.
        {{ count_if('is_within_limit is not null') }} as denominator,
        cast(null as integer) as covered,
        cast(null as integer) as coverable
    from {{ ref('fct_access_case') }}
    where rule_id = 'VPL-18'
)

{{ roll_up('SAA-20') }}
