-- One row per delivered record of finance.ledger that waits for its load, or is later than one that waits:
-- typed, with every key and hash difference computed once.
{{ config(materialized='table') }}

with

delivered as (
    select
        {{ kept_text('landed.tosite') }} as tosite,
        landed.rivi,
        landed.kirjauspvm,
        {{ kept_text('landed.tili') }} as tili,
        {{ kept_text('landed.kustannuspaikka') }} as kustannuspaikka,
        {{ kept_text('landed.vastapuoli') }} as vastapuoli,
        landed.summa,
        {{ record_id('pending.delivery_number', 'landed.record_number') }} as record_id,
        pending.delivery_number,
        pending.extract_datetime
    from {{ source('landing', 'finance__ledger') }} as landed
    inner join {{ ref('pending_delivery') }} as pending on landed.delivery_id = pending.delivery_id
    where
        pending.record_source = 'finance.ledger'
        and landed.is_quarantined is not true
),

told as (
    select
        delivered.*,
        {{ counted('tili') }} as tili__text,
        {{ counted('kustannuspaikka') }} as kustannuspaikka__text,
        {{ counted('tosite') }} as tosite__text,
        {{ counted('rivi', 'integer') }} as rivi__text
    from delivered
)

select
    {{ hash_key(['tili__text']) }} as account_hk,
    {{ hash_key(['kustannuspaikka__text']) }} as cost_centre_hk,
    {{ hash_key(["'finance'", 'tosite__text', 'rivi__text']) }} as ledger_entry_hk,
    {{
        hash_difference({
            'posting_date': 'kirjauspvm:date',
            'counterparty_sector_code': 'vastapuoli',
            'amount': 'summa:decimal',
            'account_hk': 'account_hk:key',
            'cost_centre_hk': 'cost_centre_hk:key'
        })
    }} as ledger_entry_entry_hashdiff,
    tosite,
    rivi,
    kirjauspvm,
    tili,
    kustannuspaikka,
    vastapuoli,
    summa,
    record_id,
    delivery_number,
    extract_datetime
from told
