-- One row per employment, professional, service_unit, cost_centre that belong together now.
{{ config(materialized='view') }}

with

-- At one time one relation of each owner holds.
in_force as (
    select employment_assignment_hk
    from (
        select
            told.*,
            row_number() over (
                partition by employment_hk
                order by extract_datetime desc, load_datetime desc, record_source
            ) as place
        from (
            select
                employment_hk,
                employment_assignment_hk,
                extract_datetime,
                load_datetime,
                record_source
            from
                {{
                    first_of_run(
                        ref('effsat_employment_assignment__hr_employment'), 'employment_hk', 'employment_assignment_hk'
                    )
                }} as versions
        ) as told
    ) as placed
    where place = 1
),

-- A source that gives the whole no longer tells of its owner, and neither does another one.
gone as (
    select employment_hk
    from (
        select
            employment_hk,
            {{ is_there() }} as is_present
        from {{ ref('status_employment__hr_employment') }}
        group by employment_hk, partition_value
    ) as told
    group by employment_hk
    having max(case when is_present then 1 else 0 end) = 0
),

relation as (
    select *
    from {{ ref('lnk_employment_assignment') }}
    where employment_assignment_hk not in ({{ ghost_keys() }})
)

select
    relation.employment_assignment_hk,
    relation.employment_hk,
    relation.professional_hk,
    relation.service_unit_hk,
    relation.cost_centre_hk,
    relation.record_source
from relation
inner join in_force on relation.employment_assignment_hk = in_force.employment_assignment_hk
where not exists (select 1 from gone where gone.employment_hk = relation.employment_hk)
