-- One row per timed case of specialised care: referral to its processing, and queue to treatment.
with

referral as (
    select * from {{ ref('current_referral') }}
),

queue_entry as (
    select * from {{ ref('current_queue_entry') }}
)

select
    'specialised_referral' as area,
    referral_id as case_id,
    person_hk,
    service_unit_hk,
    referral_municipality_code as recorded_municipality_code,
    referral_arrived_date as start_date,
    referral_processed_date as end_date
from referral

union all

select
    'specialised_treatment' as area,
    queue_entry_id as case_id,
    person_hk,
    service_unit_hk,
    queue_municipality_code as recorded_municipality_code,
    queued_date as start_date,
    treatment_started_date as end_date
from queue_entry
where queue_removed_date is null
