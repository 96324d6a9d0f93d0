-- One row per service_need_assessment, matter, person that belong together now.
{{ config(materialized='view') }}

with

-- At one time one relation of each owner holds.
in_force as (
    select *
    from
        {{
            latest_told(
                [(ref('effsat_service_need_assessment_matter__social_matter'), none)],
                'service_need_assessment_hk', 'service_need_assessment_matter_hk', ['service_need_assessment_matter_hk']
            )
        }} as latest
),

relation as (
    select *
    from {{ ref('lnk_service_need_assessment_matter') }}
    where service_need_assessment_matter_hk not in ({{ ghost_keys() }})
)

select
    relation.service_need_assessment_matter_hk,
    relation.service_need_assessment_hk,
    relation.matter_hk,
    relation.person_hk,
    relation.record_source
from relation
inner join in_force on relation.service_need_assessment_matter_hk = in_force.service_need_assessment_matter_hk
