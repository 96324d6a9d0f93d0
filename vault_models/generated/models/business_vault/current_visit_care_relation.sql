-- One row per visit, person, service_unit, professional that belong together now.
{{ config(materialized='view') }}

with

-- At one time one relation of each owner holds.
in_force as (
    select *
    from
        {{
            latest_told(
                [(ref('effsat_visit_care__patient_avohilmo'), none)],
                'visit_hk', 'visit_care_hk', ['visit_care_hk']
            )
        }} as latest
),

relation as (
    select *
    from {{ ref('lnk_visit_care') }}
    where visit_care_hk not in ({{ ghost_keys() }})
)

select
    relation.visit_care_hk,
    relation.visit_hk,
    relation.person_hk,
    relation.service_unit_hk,
    relation.professional_hk,
    relation.record_source
from relation
inner join in_force on relation.visit_care_hk = in_force.visit_care_hk
