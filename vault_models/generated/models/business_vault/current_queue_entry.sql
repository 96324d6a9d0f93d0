-- One row per queue_entry that is known now and not gone: its latest attributes and relations.
{{ config(materialized='view') }}

with

latest_progress as (
    select *
    from
        {{
            latest_told(
                [(ref('sat_queue_entry_progress__patient_queue'), ref('status_queue_entry__patient_queue'))],
                'queue_entry_hk', 'hashdiff',
                [
                    'queued_date',
                    'treatment_started_date',
                    'queue_removed_date',
                    'queue_removal_reason_code',
                    'queue_specialty_code',
                    'queue_municipality_code'
                ]
            )
        }} as latest
),

related_care as (
    select
        placed.queue_entry_hk,
        relation.person_hk,
        relation.service_unit_hk,
        relation.referral_hk,
        placed.extract_datetime
    from
        {{
            latest_told(
                [(ref('effsat_queue_entry_care__patient_queue'), ref('status_queue_entry__patient_queue'))],
                'queue_entry_hk', 'queue_entry_care_hk', ['queue_entry_care_hk']
            )
        }} as placed
    inner join {{ ref('lnk_queue_entry_care') }} as relation
        on placed.queue_entry_care_hk = relation.queue_entry_care_hk
),

-- Gone: what every source that tells of presence says, while no other source tells of the key.
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

hub as (
    select *
    from {{ ref('hub_queue_entry') }}
    where queue_entry_hk not in ({{ ghost_keys() }})
)

select
    hub.queue_entry_hk,
    hub.queue_entry_id,
    latest_progress.queued_date,
    latest_progress.treatment_started_date,
    latest_progress.queue_removed_date,
    latest_progress.queue_removal_reason_code,
    latest_progress.queue_specialty_code,
    latest_progress.queue_municipality_code,
    related_care.person_hk,
    related_care.service_unit_hk,
    related_care.referral_hk,
    coalesce(
        greatest(
            latest_progress.extract_datetime,
            related_care.extract_datetime
        ),
        hub.extract_datetime
    ) as extract_datetime
from hub
left join latest_progress
    on hub.queue_entry_hk = latest_progress.queue_entry_hk
left join related_care
    on hub.queue_entry_hk = related_care.queue_entry_hk
anti join gone on hub.queue_entry_hk = gone.queue_entry_hk
