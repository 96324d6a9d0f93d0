-- One row per key that several staged records of reference.unit name:
-- only what they say of it can be repeated or contradicted.
{{ config(materialized='table') }}

select
    service_unit_hk,
    min(record_id) as first_record
from {{ ref('stg_reference__unit') }}
where service_unit_hk not in ({{ ghost_keys() }})
group by service_unit_hk
having count(*) > 1
