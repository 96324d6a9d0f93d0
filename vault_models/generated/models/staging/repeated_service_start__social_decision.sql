-- One row per key that several staged records of social.decision name:
-- only what they say of it can be repeated or contradicted.
{{ config(materialized='table') }}

select
    service_start_hk,
    min(record_id) as first_record
from {{ ref('stg_social__decision') }}
where service_start_hk not in ({{ ghost_keys() }})
group by service_start_hk
having count(*) > 1
