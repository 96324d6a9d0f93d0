-- One row per service_unit, organiser, producer that belong together now.
{{ config(materialized='view') }}

with

-- At one time one relation of each owner holds.
in_force as (
    select service_unit_organisation_hk
    from (
        select
            told.*,
            row_number() over (
                partition by service_unit_hk
                order by extract_datetime desc, load_datetime desc, record_source
            ) as place
        from (
            select
                service_unit_hk,
                service_unit_organisation_hk,
                extract_datetime,
                load_datetime,
                record_source
            from
                {{
                    first_of_run(
                        ref('effsat_service_unit_organisation__reference_unit'), 'service_unit_hk', 'service_unit_organisation_hk'
                    )
                }} as versions
        ) as told
    ) as placed
    where place = 1
),

-- A source that gives the whole no longer tells of its owner, and neither does another one.
gone as (
    select service_unit_hk
    from (
        select
            service_unit_hk,
            {{ is_there() }} as is_present
        from {{ ref('status_service_unit__reference_unit') }}
        group by service_unit_hk, partition_value
    ) as told
    group by service_unit_hk
    having max(case when is_present then 1 else 0 end) = 0
),

relation as (
    select *
    from {{ ref('lnk_service_unit_organisation') }}
    where service_unit_organisation_hk not in ({{ ghost_keys() }})
)

select
    relation.service_unit_organisation_hk,
    relation.service_unit_hk,
    relation.organiser_hk,
    relation.producer_hk,
    relation.record_source
from relation
inner join in_force on relation.service_unit_organisation_hk = in_force.service_unit_organisation_hk
where not exists (select 1 from gone where gone.service_unit_hk = relation.service_unit_hk)
