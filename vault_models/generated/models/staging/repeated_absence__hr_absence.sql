-- One row per key that several staged records of hr.absence name:
-- only what they say of it can be repeated or contradicted.
{{ config(materialized='table') }}

select
    absence_hk,
    min(record_id) as first_record
from {{ ref('stg_hr__absence') }}
where absence_hk not in ({{ ghost_keys() }})
group by absence_hk
having count(*) > 1
