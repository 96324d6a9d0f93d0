{#- Statistical expressions that the engines name differently, and the roll-up that all indicators share. -#}

{#- The quantile of a group, interpolated between neighbours. -#}
{% macro quantile(value, share) -%}{{ return(adapter.dispatch('quantile')(value, share)) }}{%- endmacro %}
{% macro default__quantile(value, share) -%}quantile_cont({{ value }}, {{ share }}){%- endmacro %}
{% macro spark__quantile(value, share) -%}percentile({{ value }}, {{ share }}){%- endmacro %}

{#- 1 or 0, so that a sum counts; NULL stays unknown. -#}
{% macro count_if(condition) -%}case when {{ condition }} then 1 when not ({{ condition }}) then 0 end{%- endmacro %}

{#- Sums the CTE `part` (area_county_code, area_municipality_code, month, year, service_code, segment_code, sex_code,
    age_group_code, numerator, denominator, covered, coverable) over area and period: county and municipality by month
    and year, and the county's year by sex and age group when the parts tell of persons. A part without a month
    or a year is left out of that period; a part of no municipality of the county is in the county's figures alone. -#}
{% macro roll_up(indicator, persons=true, ages=true, value='cast(null as double)') -%}
{%- set whole = 'area_county_code, service_code, segment_code' -%}
{%- set ages = persons and ages -%}
select
    '{{ indicator }}' as indicator,
    case when is_county = 1 then area_county_code else area_municipality_code end as area_code,
    case when is_county = 1 then 'county' else 'municipality' end as area_level,
    case when is_year = 1 then part_year else part_month end as period,
    service_code,
    segment_code,
    case when is_every_sex = 1 then 'all' else sex_part end as sex_code,
    case when is_every_age = 1 then 'all' else age_part end as age_group_code,
    numerator,
    denominator,
    given_value,
    coverage
from (
    select
        area_county_code,
        area_municipality_code,
        month as part_month,
        year as part_year,
        service_code,
        segment_code,
        {{ 'sex_code' if persons else "'all'" }} as sex_part,
        {{ 'age_group_code' if ages else "'all'" }} as age_part,
        grouping(area_municipality_code) as is_county,
        grouping(month) as is_year,
        {{ 'grouping(sex_code)' if persons else 1 }} as is_every_sex,
        {{ 'grouping(age_group_code)' if ages else 1 }} as is_every_age,
        cast(sum(numerator) as double) as numerator,
        cast(sum(denominator) as double) as denominator,
        {{ value }} as given_value,
        cast(sum(covered) as double) / nullif(sum(coverable), 0) as coverage
    from part
    -- Another county's residents, met in a shared unit, are that county's figures.
    where area_county_code in (select home.home_county_code from {{ ref('home_county') }} as home)
    group by grouping sets (
        ({{ whole }}, month),
        ({{ whole }}, year),
        ({{ whole }}, area_municipality_code, month),
        ({{ whole }}, area_municipality_code, year)
        {%- if persons %},
        ({{ whole }}, year, sex_code)
        {%- endif %}
        {%- if ages %},
        ({{ whole }}, year, age_group_code),
        ({{ whole }}, year, sex_code, age_group_code)
        {%- endif %}
    )
) as rolled
where
    (is_county = 1 or area_municipality_code <> 'other')
    and (is_year = 1 or part_month is not null)
    and (is_year = 0 or part_year is not null)
{%- endmacro %}
