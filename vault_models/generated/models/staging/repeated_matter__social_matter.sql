-- One row per key that several staged records of social.matter name:
-- only what they say of it can be repeated or contradicted.
{{ config(materialized='table') }}

select
    matter_hk,
    min(record_id) as first_record
from {{ ref('stg_social__matter') }}
where matter_hk not in ({{ ghost_keys() }})
group by matter_hk
having count(*) > 1
