-- One row per area, period, sex and age limit: the share of residents who have turned 65, 75 and 85.
with

elderly as (
    select '65-' as segment_code, '65-74' as age_group_code
    union all
    select '65-', '75-84'
    union all
    select '65-', '85-'
    union all
    select '75-', '75-84'
    union all
    select '75-', '85-'
    union all
    select '85-', '85-'
),

segment as (
    select distinct segment_code from elderly
),

part as (
    select
        population.area_county_code, population.area_municipality_code, population.month,
        population.closing_year as year, population.sex_code,
        'all' as age_group_code,
        'all' as service_code,
        segment.segment_code,
        case when elderly.age_group_code is null then 0 else population.residents end as numerator,
        population.residents as denominator,
        cast(null as integer) as covered,
        cast(null as integer) as coverable
    from {{ ref('fct_population') }} as population
    cross join segment
    left join elderly
        on
            segment.segment_code = elderly.segment_code
            and population.age_group_code = elderly.age_group_code
)

{{ roll_up('TAR-02', ages=false) }}
