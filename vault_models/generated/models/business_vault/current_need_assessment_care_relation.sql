-- One row per need_assessment, person, service_unit, contact that belong together now.
{{ config(materialized='view') }}

with

-- At one time one relation of each owner holds.
in_force as (
    select *
    from
        {{
            latest_told(
                [(ref('effsat_need_assessment_care__patient_avohilmo'), none)],
                'need_assessment_hk', 'need_assessment_care_hk', ['need_assessment_care_hk']
            )
        }} as latest
),

relation as (
    select *
    from {{ ref('lnk_need_assessment_care') }}
    where need_assessment_care_hk not in ({{ ghost_keys() }})
)

select
    relation.need_assessment_care_hk,
    relation.need_assessment_hk,
    relation.person_hk,
    relation.service_unit_hk,
    relation.contact_hk,
    relation.record_source
from relation
inner join in_force on relation.need_assessment_care_hk = in_force.need_assessment_care_hk
