-- One row per timed case of primary care: contact to need assessment, and need assessment to the first visit.
with

contact as (
    select * from {{ ref('current_contact') }}
),

assessment as (
    select * from {{ ref('current_need_assessment') }}
),

visit as (
    select * from {{ ref('current_visit') }}
),

booking as (
    select * from {{ ref('current_booking') }}
),

reason as (
    select * from {{ ref('ref_visit_reason_class') }}
),

contact_case as (
    select
        'contact' as area,
        contact.contact_id as case_id,
        contact.person_hk,
        contact.service_unit_hk,
        contact.contact_municipality_code as recorded_municipality_code,
        cast(contact.contacted_at as date) as start_date,
        cast(assessment.need_assessed_at as date) as end_date
    from contact
    left join assessment
        on contact.contact_hk = assessment.contact_hk
),

done_case as (
    select
        case when visit.visit_service_form_code = 'T60' then 'oral_treatment' else 'primary_treatment' end as area,
        visit.visit_id as case_id,
        visit.person_hk,
        visit.service_unit_hk,
        visit.visit_municipality_code as recorded_municipality_code,
        cast(assessment.need_assessed_at as date) as start_date,
        cast(visit.visit_started_at as date) as end_date
    from visit
    inner join assessment
        on visit.need_assessment_hk = assessment.need_assessment_hk
    left join reason
        on visit.visit_reason_class_code = reason.code
    where
        assessment.need_assessment_urgency_code = 'E'
        and visit.visit_urgency_code = 'E'
        and visit.visit_nature_code = 'SH'
        and visit.is_first_visit
        -- The 14 days concern new complaints alone; a visit of unknown reason is no case, which coverage tells.
        and (
            visit.visit_service_form_code = 'T60'
            or (visit.visit_service_form_code = 'T11' and reason.in_short_limit)
        )
),

open_case as (
    select
        case when booking.booking_service_form_code = 'T60' then 'oral_treatment' else 'primary_treatment' end as area,
        assessment.need_assessment_id as case_id,
        assessment.person_hk,
        assessment.service_unit_hk,
        contact.contact_municipality_code as recorded_municipality_code,
        cast(assessment.need_assessed_at as date) as start_date,
        cast(null as date) as end_date
    from assessment
    inner join booking
        on
            assessment.need_assessment_id = booking.booking_id
            and assessment.person_hk = booking.person_hk
    left join visit
        on assessment.need_assessment_hk = visit.need_assessment_hk
    left join contact
        on assessment.contact_hk = contact.contact_hk
    where
        assessment.need_assessment_urgency_code = 'E'
        and assessment.need_assessment_nature_code = 'SH'
        and assessment.need_assessment_result_code = 'VIS'
        and assessment.need_assessment_is_first_visit
        and visit.visit_hk is null
        and booking.cancelled_at is null
        and booking.booking_service_form_code in ('T11', 'T60')
)

select * from contact_case
union all
select * from done_case
union all
select * from open_case
