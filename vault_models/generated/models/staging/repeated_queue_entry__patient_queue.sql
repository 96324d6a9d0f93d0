-- One row per key that several staged records of patient.queue name:
-- only what they say of it can be repeated or contradicted.
{{ config(materialized='table') }}

select
    queue_entry_hk,
    min(record_id) as first_record
from {{ ref('stg_patient__queue') }}
where queue_entry_hk not in ({{ ghost_keys() }})
group by queue_entry_hk
having count(*) > 1
