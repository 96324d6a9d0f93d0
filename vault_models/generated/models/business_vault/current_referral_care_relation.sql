-- One row per referral, person, service_unit that belong together now.
{{ config(materialized='view') }}

with

-- At one time one relation of each owner holds.
in_force as (
    select *
    from
        {{
            latest_told(
                [(ref('effsat_referral_care__patient_referral'), none)],
                'referral_hk', 'referral_care_hk', ['referral_care_hk']
            )
        }} as latest
),

relation as (
    select *
    from {{ ref('lnk_referral_care') }}
    where referral_care_hk not in ({{ ghost_keys() }})
)

select
    relation.referral_care_hk,
    relation.referral_hk,
    relation.person_hk,
    relation.service_unit_hk,
    relation.record_source
from relation
inner join in_force on relation.referral_care_hk = in_force.referral_care_hk
