-- One row per delivered record of hr.absence that waits for its load, or is later than one that waits:
-- typed, with every key and hash difference computed once.
{{ config(materialized='table') }}

with

delivered as (
    select *
    from {{ source('landing', 'hr__absence') }}
    where
        is_quarantined is not true
        and delivery_id in (
            select pending.delivery_id
            from {{ ref('pending_delivery') }} as pending
            where pending.record_source = 'hr.absence'
        )
),

keyed as (
    select
        {{ hash_key(["'hr'", 'palvelussuhde']) }} as employment_hk,
        {{ hash_key(["'hr'", 'poissaolo']) }} as absence_hk,
        {{
            hash_difference({
                'absence_reason_code': 'syy',
                'absence_is_paid': 'palkallinen:boolean',
                'absence_percent': 'prosentti:decimal',
                'absence_started_date': 'alkoi:date',
                'absence_ended_date': 'paattyi:date'
            })
        }} as absence_period_hashdiff,
        delivered.*
    from delivered
)

select
    employment_hk,
    absence_hk,
    {{ hash_link(['absence_hk', 'employment_hk']) }} as absence_employment_hk,
    absence_period_hashdiff,
    poissaolo,
    palvelussuhde,
    syy,
    palkallinen,
    prosentti,
    alkoi,
    paattyi,
    delivery_id,
    record_number,
    extract_datetime,
    load_datetime,
    record_source
from keyed
