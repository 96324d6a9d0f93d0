-- One row per cost_centre, service, service_unit that belong together now.
{{ config(materialized='view') }}

with

-- At one time one relation of each owner holds.
in_force as (
    select cost_centre_service_hk
    from (
        select
            told.*,
            row_number() over (
                partition by cost_centre_hk
                order by extract_datetime desc, load_datetime desc, record_source
            ) as place
        from (
            select
                cost_centre_hk,
                cost_centre_service_hk,
                extract_datetime,
                load_datetime,
                record_source
            from
                {{
                    first_of_run(
                        ref('effsat_cost_centre_service__finance_cost_centre'), 'cost_centre_hk', 'cost_centre_service_hk'
                    )
                }} as versions
        ) as told
    ) as placed
    where place = 1
),

-- A source that gives the whole no longer tells of its owner, and neither does another one.
gone as (
    select cost_centre_hk
    from (
        select
            cost_centre_hk,
            {{ is_there() }} as is_present
        from {{ ref('status_cost_centre__finance_cost_centre') }}
        group by cost_centre_hk, partition_value
    ) as told
    group by cost_centre_hk
    having max(case when is_present then 1 else 0 end) = 0
),

relation as (
    select *
    from {{ ref('lnk_cost_centre_service') }}
    where cost_centre_service_hk not in ({{ ghost_keys() }})
)

select
    relation.cost_centre_service_hk,
    relation.cost_centre_hk,
    relation.service_hk,
    relation.service_unit_hk,
    relation.record_source
from relation
inner join in_force on relation.cost_centre_service_hk = in_force.cost_centre_service_hk
where not exists (select 1 from gone where gone.cost_centre_hk = relation.cost_centre_hk)
