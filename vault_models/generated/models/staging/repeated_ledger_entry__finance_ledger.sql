-- One row per key that several staged records of finance.ledger name:
-- only what they say of it can be repeated or contradicted.
{{ config(materialized='table') }}

select
    ledger_entry_hk,
    min(record_id) as first_record
from {{ ref('stg_finance__ledger') }}
where ledger_entry_hk not in ({{ ghost_keys() }})
group by ledger_entry_hk
having count(*) > 1
