-- One row per key that several staged records of reference.resident name:
-- only what they say of it can be repeated or contradicted.
{{ config(materialized='table') }}

select
    person_hk,
    min(record_id) as first_record
from {{ ref('stg_reference__resident') }}
where person_hk not in ({{ ghost_keys() }})
group by person_hk
having count(*) > 1
