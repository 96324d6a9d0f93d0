-- One row per delivered record of reference.code that waits for its load, or is later than one that waits:
-- typed, with every key and hash difference computed once.
{{ config(materialized='table') }}

with

delivered as (
    select *
    from {{ source('landing', 'reference__code') }}
    where
        is_quarantined is not true
        and delivery_id in (
            select pending.delivery_id
            from {{ ref('pending_delivery') }} as pending
            where pending.record_source = 'reference.code'
        )
),

keyed as (
    select
        {{ hash_key(['oid', 'code_id', 'beginning_date:date']) }} as code_hk,
        {{
            hash_difference({
                'code_valid_to': 'expiring_date:date',
                'code_name_fi': 'long_name',
                'code_name_sv': 'long_name_sv'
            })
        }} as code_naming_hashdiff,
        delivered.*
    from delivered
)

select
    code_hk,
    code_naming_hashdiff,
    oid,
    code_id,
    beginning_date,
    expiring_date,
    long_name,
    long_name_sv,
    delivery_id,
    record_number,
    extract_datetime,
    load_datetime,
    record_source
from keyed
