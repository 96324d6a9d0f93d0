-- One row per non-urgent first visit for sickness: how long it waited from its need assessment, and how far that is known.
with

visit as (
    select * from {{ ref('fct_visit') }}
    where
        is_not_urgent
        and is_first_visit
        and visit_nature_code = 'SH'
        and service_form_code in ('T11', 'T60')
),

access_case as (
    select * from {{ ref('fct_access_case') }}
    where
        area in ('primary_treatment', 'oral_treatment')
        and status = 'done'
)

select
    visit.visit_id,
    visit.service_form_code,
    visit.month,
    visit.year,
    visit.area_county_code,
    visit.area_municipality_code,
    visit.sex_code,
    visit.age_group_code,
    visit.has_linked_assessment,
    -- Measured: it is known whether the limit concerns the visit, and from which day it waited.
    visit.has_linked_assessment
    and (visit.service_form_code = 'T60' or visit.is_in_short_limit is not null) as is_measured,
    access_case.case_id is not null as is_case,
    access_case.waited_days,
    access_case.is_within_limit
from visit
left join access_case
    on
        visit.visit_id = access_case.case_id
        and visit.person_hk = access_case.person_hk
        and visit.visit_date = access_case.end_date
