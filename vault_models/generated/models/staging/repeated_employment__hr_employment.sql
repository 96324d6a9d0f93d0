-- One row per key that several staged records of hr.employment name:
-- only what they say of it can be repeated or contradicted.
{{ config(materialized='table') }}

select
    employment_hk,
    min(record_id) as first_record
from {{ ref('stg_hr__employment') }}
where employment_hk not in ({{ ghost_keys() }})
group by employment_hk
having count(*) > 1
