-- One row per indicator, area, period, service, segment, sex and age group: the figure, how sure it is, and of which day.
with

figure as (
    select * from {{ ref('indicator_value') }}
),

definition as (
    select
        indicator.*,
        as_of.as_of_date
    from {{ ref('ref_indicator') }} as indicator
    left join {{ ref('as_of') }} as as_of
        on indicator.main_source = as_of.source
)

select
    figure.indicator,
    definition.version,
    figure.area_code,
    figure.area_level,
    'all' as organiser_code,
    figure.period,
    figure.service_code,
    figure.segment_code,
    figure.sex_code,
    figure.age_group_code,
    figure.numerator,
    figure.denominator,
    figure.value,
    case when figure.segment_code in ('median', 'p90') then 'days' else definition.unit end as unit,
    'actual' as tense,
    case
        when figure.value is null then 'missing'
        -- A year ends in its twelfth month, a month in itself.
        when {{ month_end("cast(substr(concat(figure.period, '-12-01'), 1, 10) as date)") }} > definition.as_of_date
            then 'preliminary'
        -- The data begin within the year, so its figure is of a part of it.
        when length(figure.period) = 4 and figure.first_month > concat(figure.period, '-01') then 'preliminary'
        else 'ok'
    end as status,
    figure.coverage,
    definition.as_of_date as as_of
from figure
inner join definition
    on figure.indicator = definition.indicator
-- A denominator alone, from before the first figure, is no figure.
where figure.period >= case when length(figure.period) = 7 then figure.first_month else figure.first_year end
