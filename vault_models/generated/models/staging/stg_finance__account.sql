-- One row per delivered record of finance.account that waits for its load, or is later than one that waits:
-- typed, with every key and hash difference computed once.
{{ config(materialized='table') }}

with

delivered as (
    select *
    from {{ source('landing', 'finance__account') }}
    where
        is_quarantined is not true
        and delivery_id in (
            select pending.delivery_id
            from {{ ref('pending_delivery') }} as pending
            where pending.record_source = 'finance.account'
        )
),

keyed as (
    select
        {{ hash_key(['tili']) }} as account_hk,
        {{
            hash_difference({
                'account_name_fi': 'nimi',
                'account_name_sv': 'namn',
                'account_group_code': 'tiliryhma'
            })
        }} as account_classification_hashdiff,
        delivered.*
    from delivered
)

select
    account_hk,
    account_classification_hashdiff,
    tili,
    nimi,
    namn,
    tiliryhma,
    delivery_id,
    record_number,
    extract_datetime,
    load_datetime,
    record_source
from keyed
