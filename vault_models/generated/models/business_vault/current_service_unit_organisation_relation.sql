-- One row per service_unit, organiser, producer that belong together now.
{{ config(materialized='view') }}

with

-- At one time one relation of each owner holds.
in_force as (
    select *
    from
        {{
            latest_told(
                [(ref('effsat_service_unit_organisation__reference_unit'), ref('status_service_unit__reference_unit'))],
                'service_unit_hk', 'service_unit_organisation_hk', ['service_unit_organisation_hk']
            )
        }} as latest
),

-- A source that gives the whole no longer tells of its owner, and neither does another one.
gone as (
    select *
    from
        {{
            gone(
                'service_unit_hk',
                statuses=[ref('status_service_unit__reference_unit')]
            )
        }} as word
),

relation as (
    select *
    from {{ ref('lnk_service_unit_organisation') }}
    where service_unit_organisation_hk not in ({{ ghost_keys() }})
)

select
    relation.service_unit_organisation_hk,
    relation.service_unit_hk,
    relation.organiser_hk,
    relation.producer_hk,
    relation.record_source
from relation
inner join in_force on relation.service_unit_organisation_hk = in_force.service_unit_organisation_hk
anti join gone on relation.service_unit_hk = gone.service_unit_hk
