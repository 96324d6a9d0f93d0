-- One row per booking, person, service_unit that belong together now.
{{ config(materialized='view') }}

with

-- At one time one relation of each owner holds.
in_force as (
    select *
    from
        {{
            latest_told(
                [(ref('effsat_booking_care__patient_avohilmo'), none)],
                'booking_hk', 'booking_care_hk', ['booking_care_hk']
            )
        }} as latest
),

relation as (
    select *
    from {{ ref('lnk_booking_care') }}
    where booking_care_hk not in ({{ ghost_keys() }})
)

select
    relation.booking_care_hk,
    relation.booking_hk,
    relation.person_hk,
    relation.service_unit_hk,
    relation.record_source
from relation
inner join in_force on relation.booking_care_hk = in_force.booking_care_hk
