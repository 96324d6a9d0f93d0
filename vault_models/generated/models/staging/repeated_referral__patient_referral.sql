-- One row per key that several staged records of patient.referral name:
-- only what they say of it can be repeated or contradicted.
{{ config(materialized='table') }}

select
    referral_hk,
    min(record_id) as first_record
from {{ ref('stg_patient__referral') }}
where referral_hk not in ({{ ghost_keys() }})
group by referral_hk
having count(*) > 1
