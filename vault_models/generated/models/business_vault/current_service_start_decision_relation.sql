-- One row per service_start, decision, service, service_unit that belong together now.
{{ config(materialized='view') }}

with

-- At one time one relation of each owner holds.
in_force as (
    select *
    from
        {{
            latest_told(
                [(ref('effsat_service_start_decision__social_decision'), none)],
                'service_start_hk', 'service_start_decision_hk', ['service_start_decision_hk']
            )
        }} as latest
),

relation as (
    select *
    from {{ ref('lnk_service_start_decision') }}
    where service_start_decision_hk not in ({{ ghost_keys() }})
)

select
    relation.service_start_decision_hk,
    relation.service_start_hk,
    relation.decision_hk,
    relation.service_hk,
    relation.service_unit_hk,
    relation.record_source
from relation
inner join in_force on relation.service_start_decision_hk = in_force.service_start_decision_hk
