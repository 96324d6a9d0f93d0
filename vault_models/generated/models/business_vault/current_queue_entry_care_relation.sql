-- One row per queue_entry, person, service_unit, referral that belong together now.
{{ config(materialized='view') }}

with

-- At one time one relation of each owner holds.
in_force as (
    select queue_entry_care_hk
    from (
        select
            told.*,
            row_number() over (
                partition by queue_entry_hk
                order by extract_datetime desc, load_datetime desc, record_source
            ) as place
        from (
            select
                queue_entry_hk,
                queue_entry_care_hk,
                extract_datetime,
                load_datetime,
                record_source
            from
                {{
                    first_of_run(
                        ref('effsat_queue_entry_care__patient_queue'), 'queue_entry_hk', 'queue_entry_care_hk'
                    )
                }} as versions
        ) as told
    ) as placed
    where place = 1
),

-- A source that gives the whole no longer tells of its owner, and neither does another one.
gone as (
    select queue_entry_hk
    from (
        select
            queue_entry_hk,
            {{ is_there() }} as is_present
        from {{ ref('status_queue_entry__patient_queue') }}
        group by queue_entry_hk, partition_value
    ) as told
    group by queue_entry_hk
    having max(case when is_present then 1 else 0 end) = 0
),

relation as (
    select *
    from {{ ref('lnk_queue_entry_care') }}
    where queue_entry_care_hk not in ({{ ghost_keys() }})
)

select
    relation.queue_entry_care_hk,
    relation.queue_entry_hk,
    relation.person_hk,
    relation.service_unit_hk,
    relation.referral_hk,
    relation.record_source
from relation
inner join in_force on relation.queue_entry_care_hk = in_force.queue_entry_care_hk
where not exists (select 1 from gone where gone.queue_entry_hk = relation.queue_entry_hk)
