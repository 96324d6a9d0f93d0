-- One row per visit that is known now and not gone: its latest attributes and relations.
{{ config(materialized='view') }}

with

latest_timing as (
    select *
    from
        {{
            latest_told(
                [(ref('sat_visit_timing__patient_avohilmo'), none)],
                'visit_hk', 'hashdiff',
                [
                    'visit_started_at',
                    'visit_ended_at',
                    'visit_municipality_code'
                ]
            )
        }} as latest
),

latest_content as (
    select *
    from
        {{
            latest_told(
                [(ref('sat_visit_content__patient_avohilmo'), none)],
                'visit_hk', 'hashdiff',
                [
                    'visitor_group_code',
                    'visit_urgency_code',
                    'visit_nature_code',
                    'is_first_visit',
                    'visit_reason_class_code',
                    'visit_service_form_code',
                    'contact_type_code',
                    'visit_profession_code'
                ]
            )
        }} as latest
),

related_care as (
    select
        placed.visit_hk,
        relation.person_hk,
        relation.service_unit_hk,
        relation.professional_hk,
        placed.extract_datetime
    from
        {{
            latest_told(
                [(ref('effsat_visit_care__patient_avohilmo'), none)],
                'visit_hk', 'visit_care_hk', ['visit_care_hk']
            )
        }} as placed
    inner join {{ ref('lnk_visit_care') }} as relation
        on placed.visit_care_hk = relation.visit_care_hk
),

related_process as (
    select
        placed.visit_hk,
        relation.contact_hk,
        relation.need_assessment_hk,
        relation.booking_hk,
        placed.extract_datetime
    from
        {{
            latest_told(
                [(ref('effsat_visit_process__patient_avohilmo'), none)],
                'visit_hk', 'visit_process_hk', ['visit_process_hk']
            )
        }} as placed
    inner join {{ ref('lnk_visit_process') }} as relation
        on placed.visit_process_hk = relation.visit_process_hk
),

hub as (
    select *
    from {{ ref('hub_visit') }}
    where visit_hk not in ({{ ghost_keys() }})
)

select
    hub.visit_hk,
    hub.visit_id,
    latest_timing.visit_started_at,
    latest_timing.visit_ended_at,
    latest_timing.visit_municipality_code,
    latest_content.visitor_group_code,
    latest_content.visit_urgency_code,
    latest_content.visit_nature_code,
    latest_content.is_first_visit,
    latest_content.visit_reason_class_code,
    latest_content.visit_service_form_code,
    latest_content.contact_type_code,
    latest_content.visit_profession_code,
    related_care.person_hk,
    related_care.service_unit_hk,
    related_care.professional_hk,
    related_process.contact_hk,
    related_process.need_assessment_hk,
    related_process.booking_hk,
    coalesce(
        greatest(
            latest_timing.extract_datetime,
            latest_content.extract_datetime,
            related_care.extract_datetime,
            related_process.extract_datetime
        ),
        hub.extract_datetime
    ) as extract_datetime
from hub
left join latest_timing
    on hub.visit_hk = latest_timing.visit_hk
left join latest_content
    on hub.visit_hk = latest_content.visit_hk
left join related_care
    on hub.visit_hk = related_care.visit_hk
left join related_process
    on hub.visit_hk = related_process.visit_hk
