-- One row per visit of primary care: when, where, by whom and how, and whether a need assessment came before it.
with

visit as (
    select
        current_visit.*,
        current_visit.visit_municipality_code as recorded_municipality_code,
        cast(current_visit.visit_started_at as date) as visit_date
    from {{ ref('current_visit') }} as current_visit
),

{{ placed('visit', 'visit_date') }},

assessment as (
    select * from {{ ref('current_need_assessment') }}
),

person as (
    select * from {{ ref('person_group') }}
),

reason as (
    select * from {{ ref('ref_visit_reason_class') }}
),

described as (
    select
        placed.*,
        coalesce(person.sex_code, '0') as sex_code,
        {{ age_on('placed.visit_date', 'person.birth_date') }} as age,
        coalesce(channel.is_remote, false) as is_remote,
        placed.visit_date between channel.valid_from
        and coalesce(channel.valid_to, date '9999-12-31') as is_channel_valid,
        coalesce(profession.profession_group_code, 'other') as profession_group_code,
        assessment.need_assessment_hk is not null as has_linked_assessment,
        {{ days_between('cast(assessment.need_assessed_at as date)', 'placed.visit_date') }} as days_from_assessment,
        assessment.need_assessment_urgency_code,
        reason.in_short_limit as is_in_short_limit
    from placed
    left join person
        on placed.person_hk = person.person_hk
    left join {{ ref('dim_channel') }} as channel
        on placed.contact_type_code = channel.channel_code
    left join {{ ref('dim_profession') }} as profession
        on placed.visit_profession_code = profession.profession_code
    left join assessment
        on placed.need_assessment_hk = assessment.need_assessment_hk
    left join reason
        on placed.visit_reason_class_code = reason.code
)

select
    described.visit_hk,
    described.visit_id,
    described.person_hk,
    described.service_unit_hk,
    described.visit_date,
    {{ month_of('described.visit_date') }} as month,
    {{ year_of('described.visit_date') }} as year,
    described.municipality_code,
    described.county_code,
    described.organiser_code,
    described.area_county_code,
    described.area_municipality_code,
    described.sex_code,
    coalesce(age_group.code, 'unknown') as age_group_code,
    described.visit_service_form_code as service_form_code,
    described.visit_profession_code as profession_code,
    described.profession_group_code,
    described.contact_type_code as channel_code,
    described.is_remote,
    described.is_channel_valid,
    coalesce(described.visit_urgency_code = 'E', false) as is_not_urgent,
    described.visit_nature_code,
    described.is_first_visit,
    described.visitor_group_code,
    described.visit_reason_class_code as reason_class_code,
    described.is_in_short_limit,
    described.has_linked_assessment,
    described.days_from_assessment
from described
left join {{ ref('ref_age_group') }} as age_group
    on described.age between age_group.age_min and coalesce(age_group.age_max, 200)
