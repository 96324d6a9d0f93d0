-- One row per county, indicator, period, sex and split: the figures in the shape of Sotkanet's rows, for comparison.
with

figure as (
    select * from {{ ref('fct_indicator') }}
    where
        area_level = 'county'
        and age_group_code = 'all'
),

definition as (
    select * from {{ ref('ref_indicator') }}
),

county as (
    select * from {{ ref('ref_county') }}
),

sex as (
    select * from {{ ref('ref_sex') }}
)

select
    definition.sotkanet_id as indicator_id,
    figure.indicator,
    figure.area_code as region,
    cast(county.sotkanet_id as string) as sotkanet_region_id,
    figure.period,
    figure.service_code,
    figure.segment_code,
    case when figure.sex_code = 'all' then 'total' else sex.sotkanet end as gender,
    figure.value,
    figure.numerator,
    figure.denominator,
    figure.unit,
    -- Nobody checks monthly figures at the receiving end, so they are never more than preliminary there.
    case
        when figure.status = 'ok' and length(figure.period) > 4 then 'preliminary'
        else figure.status
    end as status,
    figure.coverage,
    figure.version as definition_version,
    figure.as_of
from figure
inner join definition
    on figure.indicator = definition.indicator
left join county
    on figure.area_code = county.code
left join sex
    on figure.sex_code = sex.code
-- Sotkanet knows male, female and total.
where figure.sex_code = 'all' or sex.sotkanet is not null
