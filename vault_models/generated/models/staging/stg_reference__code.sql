-- One row per delivered record of reference.code that waits for its load, or is later than one that waits:
-- typed, with every key and hash difference computed once.
{{ config(materialized='table') }}

with

delivered as (
    select
        {{ kept_text('landed.oid') }} as oid,
        {{ kept_text('landed.code_id') }} as code_id,
        landed.beginning_date,
        landed.expiring_date,
        {{ kept_text('landed.long_name') }} as long_name,
        {{ kept_text('landed.long_name_sv') }} as long_name_sv,
        {{ record_id('pending.delivery_number', 'landed.record_number') }} as record_id,
        pending.delivery_number,
        pending.extract_datetime
    from {{ source('landing', 'reference__code') }} as landed
    inner join {{ ref('pending_delivery') }} as pending on landed.delivery_id = pending.delivery_id
    where
        pending.record_source = 'reference.code'
        and landed.is_quarantined is not true
),

told as (
    select
        delivered.*,
        {{ counted('oid') }} as oid__text,
        {{ counted('code_id') }} as code_id__text,
        {{ counted('beginning_date', 'date') }} as beginning_date__text
    from delivered
)

select
    {{ hash_key(['oid__text', 'code_id__text', 'beginning_date__text']) }} as code_hk,
    {{
        hash_difference({
            'code_valid_to': 'expiring_date:date',
            'code_name_fi': 'long_name',
            'code_name_sv': 'long_name_sv'
        })
    }} as code_naming_hashdiff,
    oid,
    code_id,
    beginning_date,
    expiring_date,
    long_name,
    long_name_sv,
    record_id,
    delivery_number,
    extract_datetime
from told
