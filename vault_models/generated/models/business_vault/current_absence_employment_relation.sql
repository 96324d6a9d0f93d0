-- One row per absence, employment that belong together now.
{{ config(materialized='view') }}

with

-- At one time one relation of each owner holds.
in_force as (
    select absence_employment_hk
    from (
        select
            told.*,
            row_number() over (
                partition by absence_hk
                order by extract_datetime desc, load_datetime desc, record_source
            ) as place
        from (
            select
                absence_hk,
                absence_employment_hk,
                extract_datetime,
                load_datetime,
                record_source
            from
                {{
                    first_of_run(
                        ref('effsat_absence_employment__hr_absence'), 'absence_hk', 'absence_employment_hk'
                    )
                }} as versions
        ) as told
    ) as placed
    where place = 1
),

-- A source that gives the whole no longer tells of its owner, and neither does another one.
gone as (
    select absence_hk
    from (
        select
            absence_hk,
            {{ is_there() }} as is_present
        from {{ ref('status_absence__hr_absence') }}
        group by absence_hk, partition_value
    ) as told
    group by absence_hk
    having max(case when is_present then 1 else 0 end) = 0
),

relation as (
    select *
    from {{ ref('lnk_absence_employment') }}
    where absence_employment_hk not in ({{ ghost_keys() }})
)

select
    relation.absence_employment_hk,
    relation.absence_hk,
    relation.employment_hk,
    relation.record_source
from relation
inner join in_force on relation.absence_employment_hk = in_force.absence_employment_hk
where not exists (select 1 from gone where gone.absence_hk = relation.absence_hk)
