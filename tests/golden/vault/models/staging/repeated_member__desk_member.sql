-- One row per key that several staged records of desk.member name:
-- only what they say of it can be repeated or contradicted.
{{ config(materialized='table') }}

select
    member_hk,
    min(record_id) as first_record
from {{ ref('stg_desk__member') }}
where member_hk not in ({{ ghost_keys() }})
group by member_hk
having count(*) > 1
