-- One row per matter, person, service_unit that belong together now.
{{ config(materialized='view') }}

with

-- At one time one relation of each owner holds.
in_force as (
    select *
    from
        {{
            latest_told(
                [(ref('effsat_matter_care__social_matter'), none)],
                'matter_hk', 'matter_care_hk', ['matter_care_hk']
            )
        }} as latest
),

relation as (
    select *
    from {{ ref('lnk_matter_care') }}
    where matter_care_hk not in ({{ ghost_keys() }})
)

select
    relation.matter_care_hk,
    relation.matter_hk,
    relation.person_hk,
    relation.service_unit_hk,
    relation.record_source
from relation
inner join in_force on relation.matter_care_hk = in_force.matter_care_hk
