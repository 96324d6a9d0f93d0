-- One row per decision, matter, person, service that belong together now.
{{ config(materialized='view') }}

with

-- At one time one relation of each owner holds.
in_force as (
    select *
    from
        {{
            latest_told(
                [(ref('effsat_decision_matter__social_decision'), none)],
                'decision_hk', 'decision_matter_hk', ['decision_matter_hk']
            )
        }} as latest
),

relation as (
    select *
    from {{ ref('lnk_decision_matter') }}
    where decision_matter_hk not in ({{ ghost_keys() }})
)

select
    relation.decision_matter_hk,
    relation.decision_hk,
    relation.matter_hk,
    relation.person_hk,
    relation.service_hk,
    relation.record_source
from relation
inner join in_force on relation.decision_matter_hk = in_force.decision_matter_hk
