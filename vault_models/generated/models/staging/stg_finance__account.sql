-- One row per delivered record of finance.account that waits for its load, or is later than one that waits:
-- typed, with every key and hash difference computed once.
{{ config(materialized='table') }}

with

delivered as (
    select
        {{ kept_text('landed.tili') }} as tili,
        {{ kept_text('landed.nimi') }} as nimi,
        {{ kept_text('landed.namn') }} as namn,
        {{ kept_text('landed.tiliryhma') }} as tiliryhma,
        {{ record_id('pending.delivery_number', 'landed.record_number') }} as record_id,
        pending.delivery_number,
        pending.extract_datetime
    from {{ source('landing', 'finance__account') }} as landed
    inner join {{ ref('pending_delivery') }} as pending on landed.delivery_id = pending.delivery_id
    where
        pending.record_source = 'finance.account'
        and landed.is_quarantined is not true
),

told as (
    select
        delivered.*,
        {{ counted('tili') }} as tili__text
    from delivered
)

select
    {{ hash_key(['tili__text']) }} as account_hk,
    {{
        hash_difference({
            'account_name_fi': 'nimi',
            'account_name_sv': 'namn',
            'account_group_code': 'tiliryhma'
        })
    }} as account_classification_hashdiff,
    tili,
    nimi,
    namn,
    tiliryhma,
    record_id,
    delivery_number,
    extract_datetime
from told
