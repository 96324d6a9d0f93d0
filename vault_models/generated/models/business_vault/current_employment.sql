-- One row per employment that is known now and not gone: its latest attributes and relations.
{{ config(materialized='view') }}

with

latest_terms as (
    select *
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
                job_title,
                profession_group_code,
                employment_nature_code,
                part_time_percent,
                employment_started_date,
                employment_ended_date,
                extract_datetime,
                load_datetime,
                record_source
            from
                {{
                    first_of_run(
                        ref('sat_employment_terms__hr_employment'), 'employment_hk', 'hashdiff'
                    )
                }} as versions
        ) as told
    ) as placed
    where place = 1
),

related_assignment as (
    select
        placed.employment_hk,
        relation.professional_hk,
        relation.service_unit_hk,
        relation.cost_centre_hk,
        placed.extract_datetime
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
    inner join {{ ref('lnk_employment_assignment') }} as relation
        on placed.employment_assignment_hk = relation.employment_assignment_hk
    where placed.place = 1
),

-- Gone: what every source that tells of presence says, while no other source tells of the key.
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

hub as (
    select *
    from {{ ref('hub_employment') }}
    where employment_hk not in ({{ ghost_keys() }})
)

select
    hub.employment_hk,
    hub.employment_id,
    latest_terms.job_title,
    latest_terms.profession_group_code,
    latest_terms.employment_nature_code,
    latest_terms.part_time_percent,
    latest_terms.employment_started_date,
    latest_terms.employment_ended_date,
    related_assignment.professional_hk,
    related_assignment.service_unit_hk,
    related_assignment.cost_centre_hk,
    greatest(
        latest_terms.extract_datetime,
        related_assignment.extract_datetime
    ) as extract_datetime
from hub
left join latest_terms
    on hub.employment_hk = latest_terms.employment_hk
left join related_assignment
    on hub.employment_hk = related_assignment.employment_hk
where not exists (select 1 from gone where gone.employment_hk = hub.employment_hk)
