-- One row per delivered record of finance.ledger that waits for its load, or is later than one that waits:
-- typed, with every key and hash difference computed once.
{{ config(materialized='table') }}

with

delivered as (
    select
        landed.*,
        {{ record_id('pending.delivery_number', 'landed.record_number') }} as record_id
    from {{ source('landing', 'finance__ledger') }} as landed
    inner join {{ ref('pending_delivery') }} as pending on landed.delivery_id = pending.delivery_id
    where
        pending.record_source = 'finance.ledger'
        and landed.is_quarantined is not true
),

keyed as (
    select
        {{ hash_key(['tili']) }} as account_hk,
        {{ hash_key(['kustannuspaikka']) }} as cost_centre_hk,
        {{ hash_key(["'finance'", 'tosite', 'rivi:integer']) }} as ledger_entry_hk,
        {{
            hash_difference({
                'posting_date': 'kirjauspvm:date',
                'counterparty_sector_code': 'vastapuoli',
                'amount': 'summa:decimal'
            })
        }} as ledger_entry_entry_hashdiff,
        delivered.*
    from delivered
)

select
    account_hk,
    cost_centre_hk,
    ledger_entry_hk,
    ledger_entry_entry_hashdiff,
    tosite,
    rivi,
    kirjauspvm,
    tili,
    kustannuspaikka,
    vastapuoli,
    summa,
    delivery_id,
    record_number,
    record_id,
    extract_datetime,
    load_datetime,
    record_source
from keyed
