-- One row per employment, professional, service_unit, cost_centre that belong together now.
{{ config(materialized='view') }}

with

-- At one time one relation of each owner holds.
in_force as (
    select *
    from
        {{
            latest_told(
                [(ref('effsat_employment_assignment__hr_employment'), ref('status_employment__hr_employment'))],
                'employment_hk', 'employment_assignment_hk', ['employment_assignment_hk']
            )
        }} as latest
),

-- A source that gives the whole no longer tells of its owner, and neither does another one.
gone as (
    select *
    from
        {{
            gone(
                'employment_hk',
                statuses=[ref('status_employment__hr_employment')]
            )
        }} as word
),

relation as (
    select *
    from {{ ref('lnk_employment_assignment') }}
    where employment_assignment_hk not in ({{ ghost_keys() }})
)

select
    relation.employment_assignment_hk,
    relation.employment_hk,
    relation.professional_hk,
    relation.service_unit_hk,
    relation.cost_centre_hk,
    relation.record_source
from relation
inner join in_force on relation.employment_assignment_hk = in_force.employment_assignment_hk
anti join gone on relation.employment_hk = gone.employment_hk
