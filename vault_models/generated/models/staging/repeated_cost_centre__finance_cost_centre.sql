-- One row per key that several staged records of finance.cost_centre name:
-- only what they say of it can be repeated or contradicted.
{{ config(materialized='table') }}

select
    cost_centre_hk,
    min(record_id) as first_record
from {{ ref('stg_finance__cost_centre') }}
where cost_centre_hk not in ({{ ghost_keys() }})
group by cost_centre_hk
having count(*) > 1
