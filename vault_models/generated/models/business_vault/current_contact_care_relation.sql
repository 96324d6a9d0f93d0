-- One row per contact, person, service_unit that belong together now.
{{ config(materialized='view') }}

with

-- At one time one relation of each owner holds.
in_force as (
    select *
    from
        {{
            latest_told(
                [(ref('effsat_contact_care__patient_avohilmo'), none)],
                'contact_hk', 'contact_care_hk', ['contact_care_hk']
            )
        }} as latest
),

relation as (
    select *
    from {{ ref('lnk_contact_care') }}
    where contact_care_hk not in ({{ ghost_keys() }})
)

select
    relation.contact_care_hk,
    relation.contact_hk,
    relation.person_hk,
    relation.service_unit_hk,
    relation.record_source
from relation
inner join in_force on relation.contact_care_hk = in_force.contact_care_hk
