-- One row per key that several staged records of finance.account name:
-- only what they say of it can be repeated or contradicted.
{{ config(materialized='table') }}

select
    account_hk,
    min(record_id) as first_record
from {{ ref('stg_finance__account') }}
where account_hk not in ({{ ghost_keys() }})
group by account_hk
having count(*) > 1
