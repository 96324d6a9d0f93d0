{#- The CTE `placed`: the rows of a CTE (recorded_municipality_code, service_unit_hk) with the municipality and county
    of residence on a day, the organiser, and the area in whose figures they count. A municipality that was not valid
    on the day becomes 'unknown' and the event stays. HUS has no county, so its events count where the person lives;
    a unit that the register does not know counts for the home county. -#}
{% macro placed(relation, day) -%}
placed as (
    select
        located.*,
        case
            when located.county_code = located.area_county_code then located.municipality_code else 'other'
        end as area_municipality_code
    from (
        select
            {{ relation }}.*,
            coalesce(municipality.code, 'unknown') as municipality_code,
            coalesce(municipality.county_code, 'unknown') as county_code,
            coalesce(unit.organiser_code, 'unknown') as organiser_code,
            coalesce(
                unit.organiser_county_code,
                case when unit.is_in_register then municipality.county_code end,
                home.home_county_code,
                'unknown'
            ) as area_county_code
        from {{ relation }}
        left join {{ ref('ref_municipality') }} as municipality
            on
                {{ relation }}.recorded_municipality_code = municipality.code
                and {{ relation }}.{{ day }} between cast(municipality.valid_from as date)
                and coalesce(cast(municipality.valid_to as date), date '9999-12-31')
        left join {{ ref('dim_unit') }} as unit
            on {{ relation }}.service_unit_hk = unit.service_unit_hk
        left join {{ ref('home_county') }} as home
            on 1 = 1
    ) as located
)
{%- endmacro %}
