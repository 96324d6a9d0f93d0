-- One row per timed case, before any limit: who waited, where, and from which day to which.
with

primary_case as (
    select
        'patient' as source, area, case_id, person_hk, service_unit_hk, recorded_municipality_code, start_date,
        end_date, cast(null as string) as group_code, cast(null as date) as pending_date,
        cast(null as date) as decision_date
    from {{ ref('case_primary_care') }}
),

specialised_case as (
    select
        'patient' as source, area, case_id, person_hk, service_unit_hk, recorded_municipality_code, start_date,
        end_date, cast(null as string) as group_code, cast(null as date) as pending_date,
        cast(null as date) as decision_date
    from {{ ref('case_specialised_care') }}
),

social_case as (
    select
        'social' as source, area, case_id, person_hk, service_unit_hk, recorded_municipality_code, start_date,
        end_date, group_code, pending_date, decision_date
    from {{ ref('case_social_care') }}
),

timed_case as (
    select * from primary_case
    union all
    select * from specialised_case
    union all
    select * from social_case
),

person as (
    select * from {{ ref('person_group') }}
),

aged as (
    select
        timed_case.*,
        coalesce(person.sex_code, '0') as sex_code,
        {{ age_on('timed_case.start_date', 'person.birth_date') }} as age
    from timed_case
    left join person
        on timed_case.person_hk = person.person_hk
),

{{ placed('aged', 'start_date') }}

select
    placed.*,
    coalesce(age_group.code, 'unknown') as age_group_code
from placed
left join {{ ref('ref_age_group') }} as age_group
    on placed.age between age_group.age_min and coalesce(age_group.age_max, 200)
