-- One row per delivered record of finance.ledger that waits for its load, or is later than one that waits:
-- typed, with every key and hash difference computed once.
{{ config(materialized='table') }}

with

delivered as (
    select *
    from {{ source('landing', 'finance__ledger') }}
    where
        is_quarantined is not true
        and delivery_id in (
            select pending.delivery_id
            from {{ ref('pending_delivery') }} as pending
            where pending.record_source = 'finance.ledger'
        )
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
    extract_datetime,
    load_datetime,
    record_source
from keyed
