-- One row per area, period and group: contacts whose need of care was assessed in time.
with

access_case as (
    select * from {{ ref('fct_access_case') }}
    where area = 'contact'
),

visit as (
    select * from {{ ref('visit_access') }}
),

part as (
    select
        area_county_code, area_municipality_code, sex_code, age_group_code,
        {{ month_of('start_date') }} as month,
        {{ year_of('start_date') }} as year,
        'all' as service_code,
        'all' as segment_code,
        {{ count_if('is_within_limit') }} as numerator,
        {{ count_if('is_within_limit is not null') }} as denominator,
        cast(null as integer) as covered,
        cast(null as integer) as coverable
    from access_case

    union all

    -- An assessment that is not linked to its visit is the known flaw, so the linked share tells how far to trust this.
    select
        area_county_code, area_municipality_code, sex_code, age_group_code, month, year, 'all', 'all',
        cast(null as integer),
        cast(null as integer),
        {{ count_if('has_linked_assessment') }},
        1
    from visit
)

{{ roll_up('SAA-05') }}
