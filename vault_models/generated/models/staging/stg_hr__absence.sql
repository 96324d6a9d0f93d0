-- One row per delivered record of hr.absence that waits for its load, or is later than one that waits:
-- typed, with every key and hash difference computed once.
{{ config(materialized='table') }}

with

delivered as (
    select
        {{ kept_text('landed.poissaolo') }} as poissaolo,
        {{ kept_text('landed.palvelussuhde') }} as palvelussuhde,
        {{ kept_text('landed.syy') }} as syy,
        landed.palkallinen,
        landed.prosentti,
        landed.alkoi,
        landed.paattyi,
        {{ record_id('pending.delivery_number', 'landed.record_number') }} as record_id,
        pending.delivery_number,
        pending.extract_datetime
    from {{ source('landing', 'hr__absence') }} as landed
    inner join {{ ref('pending_delivery') }} as pending on landed.delivery_id = pending.delivery_id
    where
        pending.record_source = 'hr.absence'
        and landed.is_quarantined is not true
),

told as (
    select
        delivered.*,
        {{ counted('palvelussuhde') }} as palvelussuhde__text,
        {{ counted('poissaolo') }} as poissaolo__text
    from delivered
)

select
    {{ hash_key(["'hr'", 'palvelussuhde__text']) }} as employment_hk,
    {{ hash_key(["'hr'", 'poissaolo__text']) }} as absence_hk,
    {{
        hash_link([
            (["'hr'", 'poissaolo__text'], none),
            (["'hr'", 'palvelussuhde__text'], none)
        ])
    }} as absence_employment_hk,
    {{
        hash_difference({
            'absence_reason_code': 'syy',
            'absence_is_paid': 'palkallinen:boolean',
            'absence_percent': 'prosentti:decimal',
            'absence_started_date': 'alkoi:date',
            'absence_ended_date': 'paattyi:date'
        })
    }} as absence_period_hashdiff,
    poissaolo,
    palvelussuhde,
    syy,
    palkallinen,
    prosentti,
    alkoi,
    paattyi,
    record_id,
    delivery_number,
    extract_datetime
from told
