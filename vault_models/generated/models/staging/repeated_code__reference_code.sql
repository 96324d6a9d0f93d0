-- One row per key that several staged records of reference.code name:
-- only what they say of it can be repeated or contradicted.
{{ config(materialized='table') }}

select
    code_hk,
    min(record_id) as first_record
from {{ ref('stg_reference__code') }}
where code_hk not in ({{ ghost_keys() }})
group by code_hk
having count(*) > 1
