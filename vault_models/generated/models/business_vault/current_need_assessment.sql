-- One row per need_assessment that is known now and not gone: its latest attributes and relations.
{{ config(materialized='view') }}

with

latest_assessment as (
    select *
    from
        {{
            latest_told(
                [(ref('sat_need_assessment_assessment__patient_avohilmo'), none)],
                'need_assessment_hk', 'hashdiff',
                [
                    'need_assessed_at',
                    'need_assessment_profession_code',
                    'need_assessment_is_first_visit',
                    'need_assessment_urgency_code',
                    'need_assessment_nature_code',
                    'need_assessment_result_code'
                ]
            )
        }} as latest
),

related_care as (
    select
        placed.need_assessment_hk,
        relation.person_hk,
        relation.service_unit_hk,
        relation.contact_hk,
        placed.extract_datetime
    from
        {{
            latest_told(
                [(ref('effsat_need_assessment_care__patient_avohilmo'), none)],
                'need_assessment_hk', 'need_assessment_care_hk', ['need_assessment_care_hk']
            )
        }} as placed
    inner join {{ ref('lnk_need_assessment_care') }} as relation
        on placed.need_assessment_care_hk = relation.need_assessment_care_hk
),

hub as (
    select *
    from {{ ref('hub_need_assessment') }}
    where need_assessment_hk not in ({{ ghost_keys() }})
)

select
    hub.need_assessment_hk,
    hub.need_assessment_id,
    latest_assessment.need_assessed_at,
    latest_assessment.need_assessment_profession_code,
    latest_assessment.need_assessment_is_first_visit,
    latest_assessment.need_assessment_urgency_code,
    latest_assessment.need_assessment_nature_code,
    latest_assessment.need_assessment_result_code,
    related_care.person_hk,
    related_care.service_unit_hk,
    related_care.contact_hk,
    coalesce(
        greatest(
            latest_assessment.extract_datetime,
            related_care.extract_datetime
        ),
        hub.extract_datetime
    ) as extract_datetime
from hub
left join latest_assessment
    on hub.need_assessment_hk = latest_assessment.need_assessment_hk
left join related_care
    on hub.need_assessment_hk = related_care.need_assessment_hk
