-- One row per absence, employment that belong together now.
{{ config(materialized='view') }}

with

-- At one time one relation of each owner holds.
in_force as (
    select *
    from
        {{
            latest_told(
                [(ref('effsat_absence_employment__hr_absence'), ref('status_absence__hr_absence'))],
                'absence_hk', 'absence_employment_hk', ['absence_employment_hk']
            )
        }} as latest
),

-- A source that gives the whole no longer tells of its owner, and neither does another one.
gone as (
    select *
    from
        {{
            gone(
                'absence_hk',
                statuses=[ref('status_absence__hr_absence')]
            )
        }} as word
),

relation as (
    select *
    from {{ ref('lnk_absence_employment') }}
    where absence_employment_hk not in ({{ ghost_keys() }})
)

select
    relation.absence_employment_hk,
    relation.absence_hk,
    relation.employment_hk,
    relation.record_source
from relation
inner join in_force on relation.absence_employment_hk = in_force.absence_employment_hk
anti join gone on relation.absence_hk = gone.absence_hk
