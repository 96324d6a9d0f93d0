-- One row per timed case of social welfare: assessment started, assessment ready, decision carried out.
with

matter as (
    select * from {{ ref('current_matter') }}
),

assessment as (
    select
        matter_hk,
        min(assessment_started_date) as assessment_started_date,
        min(assessment_ready_date) as assessment_ready_date
    from {{ ref('current_service_need_assessment') }}
    group by matter_hk
),

service_start as (
    select
        decision_hk,
        min(service_started_date) as service_started_date
    from {{ ref('current_service_start') }}
    group by decision_hk
),

granted as (
    select
        decision.decision_id,
        decision.decision_date,
        matter.person_hk,
        matter.service_unit_hk,
        matter.matter_municipality_code as recorded_municipality_code,
        matter.social_task_code,
        matter.pending_date,
        service_start.service_started_date
    from {{ ref('current_decision') }} as decision
    inner join {{ ref('ref_decision_result') }} as result
        on decision.decision_result_code = result.code
    inner join matter
        on decision.matter_hk = matter.matter_hk
    left join service_start
        on decision.decision_hk = service_start.decision_hk
    where result.is_granted
),

assessment_case as (
    select
        matter.*,
        assessment.assessment_started_date,
        assessment.assessment_ready_date
    from matter
    left join assessment
        on matter.matter_hk = assessment.matter_hk
)

select
    'social_assessment_start' as area,
    matter_id as case_id,
    person_hk,
    service_unit_hk,
    matter_municipality_code as recorded_municipality_code,
    pending_date as start_date,
    assessment_started_date as end_date,
    client_group_code as group_code,
    pending_date,
    cast(null as date) as decision_date
from assessment_case
union all
select
    'social_assessment_ready', matter_id, person_hk, service_unit_hk, matter_municipality_code,
    pending_date as start_date, assessment_ready_date, client_group_code, pending_date, cast(null as date)
from assessment_case
union all
select
    'social_decision', decision_id, person_hk, service_unit_hk, recorded_municipality_code,
    pending_date as start_date, service_started_date, cast(null as string), pending_date, decision_date
from granted
union all
-- The same client may be in time by one clock and late by the other.
select
    'elderly_decision', decision_id, person_hk, service_unit_hk, recorded_municipality_code,
    decision_date as start_date, service_started_date, cast(null as string), pending_date, decision_date
from granted
where social_task_code = 'ELD'
