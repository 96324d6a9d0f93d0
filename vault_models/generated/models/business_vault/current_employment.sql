-- One row per employment that is known now and not gone: its latest attributes and relations.
{{ config(materialized='view') }}

with

latest_terms as (
    select *
    from
        {{
            latest_told(
                [(ref('sat_employment_terms__hr_employment'), ref('status_employment__hr_employment'))],
                'employment_hk', 'hashdiff',
                [
                    'job_title',
                    'profession_group_code',
                    'employment_nature_code',
                    'part_time_percent',
                    'employment_started_date',
                    'employment_ended_date'
                ]
            )
        }} as latest
),

related_assignment as (
    select
        placed.employment_hk,
        relation.professional_hk,
        relation.service_unit_hk,
        relation.cost_centre_hk,
        placed.extract_datetime
    from
        {{
            latest_told(
                [(ref('effsat_employment_assignment__hr_employment'), ref('status_employment__hr_employment'))],
                'employment_hk', 'employment_assignment_hk', ['employment_assignment_hk']
            )
        }} as placed
    inner join {{ ref('lnk_employment_assignment') }} as relation
        on placed.employment_assignment_hk = relation.employment_assignment_hk
),

-- Gone: what every source that tells of presence says, while no other source tells of the key.
gone as (
    select *
    from
        {{
            gone(
                'employment_hk',
                statuses=[ref('status_employment__hr_employment')]
            )
        }} as word
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
    coalesce(
        greatest(
            latest_terms.extract_datetime,
            related_assignment.extract_datetime
        ),
        hub.extract_datetime
    ) as extract_datetime
from hub
left join latest_terms
    on hub.employment_hk = latest_terms.employment_hk
left join related_assignment
    on hub.employment_hk = related_assignment.employment_hk
anti join gone on hub.employment_hk = gone.employment_hk
