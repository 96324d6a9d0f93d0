-- One row per service_need_assessment that is known now and not gone: its latest attributes and relations.
{{ config(materialized='view') }}

with

latest_progress as (
    select *
    from
        {{
            latest_told(
                [(ref('sat_service_need_assessment_progress__social_matter'), none)],
                'service_need_assessment_hk', 'hashdiff',
                [
                    'assessment_started_date',
                    'assessment_ready_date'
                ]
            )
        }} as latest
),

related_matter as (
    select
        placed.service_need_assessment_hk,
        relation.matter_hk,
        relation.person_hk,
        placed.extract_datetime
    from
        {{
            latest_told(
                [(ref('effsat_service_need_assessment_matter__social_matter'), none)],
                'service_need_assessment_hk', 'service_need_assessment_matter_hk', ['service_need_assessment_matter_hk']
            )
        }} as placed
    inner join {{ ref('lnk_service_need_assessment_matter') }} as relation
        on placed.service_need_assessment_matter_hk = relation.service_need_assessment_matter_hk
),

hub as (
    select *
    from {{ ref('hub_service_need_assessment') }}
    where service_need_assessment_hk not in ({{ ghost_keys() }})
)

select
    hub.service_need_assessment_hk,
    hub.service_need_assessment_id,
    latest_progress.assessment_started_date,
    latest_progress.assessment_ready_date,
    related_matter.matter_hk,
    related_matter.person_hk,
    coalesce(
        greatest(
            latest_progress.extract_datetime,
            related_matter.extract_datetime
        ),
        hub.extract_datetime
    ) as extract_datetime
from hub
left join latest_progress
    on hub.service_need_assessment_hk = latest_progress.service_need_assessment_hk
left join related_matter
    on hub.service_need_assessment_hk = related_matter.service_need_assessment_hk
