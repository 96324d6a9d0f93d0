-- One row per delivered record of patient.referral that waits for its load, or is later than one that waits:
-- typed, with every key and hash difference computed once.
{{ config(materialized='table') }}

with

delivered as (
    select
        {{ kept_text('landed.lahete_id') }} as lahete_id,
        {{ kept_text('landed.tnro') }} as tnro,
        {{ kept_text('landed.palveluntuottaja_yksikko') }} as palveluntuottaja_yksikko,
        {{ kept_text('landed.ea') }} as ea,
        {{ kept_text('landed.lant') }} as lant,
        {{ kept_text('landed.kiireellisyys') }} as kiireellisyys,
        landed.lanttupva,
        landed.lantkaspva,
        {{ kept_text('landed.koku') }} as koku,
        {{ record_id('pending.delivery_number', 'landed.record_number') }} as record_id,
        pending.delivery_number,
        pending.extract_datetime
    from {{ source('landing', 'patient__referral') }} as landed
    inner join {{ ref('pending_delivery') }} as pending on landed.delivery_id = pending.delivery_id
    where
        pending.record_source = 'patient.referral'
        and landed.is_quarantined is not true
),

told as (
    select
        delivered.*,
        {{ counted('tnro') }} as tnro__text,
        {{ counted('palveluntuottaja_yksikko') }} as palveluntuottaja_yksikko__text,
        {{ counted('lahete_id') }} as lahete_id__text
    from delivered
)

select
    {{ hash_key(['tnro__text']) }} as person_hk,
    {{ hash_key(['palveluntuottaja_yksikko__text']) }} as service_unit_hk,
    {{ hash_key(["'patient'", 'lahete_id__text']) }} as referral_hk,
    {{
        hash_link([
            (["'patient'", 'lahete_id__text'], none),
            (['tnro__text'], none),
            (['palveluntuottaja_yksikko__text'], none)
        ])
    }} as referral_care_hk,
    {{
        hash_difference({
            'referral_arrived_date': 'lanttupva:date',
            'referral_processed_date': 'lantkaspva:date',
            'referral_specialty_code': 'ea',
            'referral_sender_code': 'lant',
            'referral_urgency_code': 'kiireellisyys',
            'referral_municipality_code': 'koku'
        })
    }} as referral_processing_hashdiff,
    lahete_id,
    tnro,
    palveluntuottaja_yksikko,
    ea,
    lant,
    kiireellisyys,
    lanttupva,
    lantkaspva,
    koku,
    record_id,
    delivery_number,
    extract_datetime
from told
