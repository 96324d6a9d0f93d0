-- One row per queue_entry, person, service_unit, referral that belong together now.
{{ config(materialized='view') }}

with

-- At one time one relation of each owner holds.
in_force as (
    select *
    from
        {{
            latest_told(
                [(ref('effsat_queue_entry_care__patient_queue'), ref('status_queue_entry__patient_queue'))],
                'queue_entry_hk', 'queue_entry_care_hk', ['queue_entry_care_hk']
            )
        }} as latest
),

-- A source that gives the whole no longer tells of its owner, and neither does another one.
gone as (
    select *
    from
        {{
            gone(
                'queue_entry_hk',
                statuses=[ref('status_queue_entry__patient_queue')]
            )
        }} as word
),

relation as (
    select *
    from {{ ref('lnk_queue_entry_care') }}
    where queue_entry_care_hk not in ({{ ghost_keys() }})
)

select
    relation.queue_entry_care_hk,
    relation.queue_entry_hk,
    relation.person_hk,
    relation.service_unit_hk,
    relation.referral_hk,
    relation.record_source
from relation
inner join in_force on relation.queue_entry_care_hk = in_force.queue_entry_care_hk
anti join gone on relation.queue_entry_hk = gone.queue_entry_hk
