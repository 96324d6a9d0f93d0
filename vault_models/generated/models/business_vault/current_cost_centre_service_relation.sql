-- One row per cost_centre, service, service_unit that belong together now.
{{ config(materialized='view') }}

with

-- At one time one relation of each owner holds.
in_force as (
    select *
    from
        {{
            latest_told(
                [(ref('effsat_cost_centre_service__finance_cost_centre'), ref('status_cost_centre__finance_cost_centre'))],
                'cost_centre_hk', 'cost_centre_service_hk', ['cost_centre_service_hk']
            )
        }} as latest
),

-- A source that gives the whole no longer tells of its owner, and neither does another one.
gone as (
    select *
    from
        {{
            gone(
                'cost_centre_hk',
                statuses=[ref('status_cost_centre__finance_cost_centre')]
            )
        }} as word
),

relation as (
    select *
    from {{ ref('lnk_cost_centre_service') }}
    where cost_centre_service_hk not in ({{ ghost_keys() }})
)

select
    relation.cost_centre_service_hk,
    relation.cost_centre_hk,
    relation.service_hk,
    relation.service_unit_hk,
    relation.record_source
from relation
inner join in_force on relation.cost_centre_service_hk = in_force.cost_centre_service_hk
anti join gone on relation.cost_centre_hk = gone.cost_centre_hk
