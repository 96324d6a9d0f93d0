-- One row per delivered record of patient.referral that waits for its load, or is later than one that waits:
-- typed, with every key and hash difference computed once.
{{ config(materialized='table') }}

with

delivered as (
    select
        landed.*,
        {{ record_id('pending.delivery_number', 'landed.record_number') }} as record_id
    from {{ source('landing', 'patient__referral') }} as landed
    inner join {{ ref('pending_delivery') }} as pending on landed.delivery_id = pending.delivery_id
    where
        pending.record_source = 'patient.referral'
        and landed.is_quarantined is not true
),

keyed as (
    select
        {{ hash_key(['tnro']) }} as person_hk,
        {{ hash_key(['palveluntuottaja_yksikko']) }} as service_unit_hk,
        {{ hash_key(["'patient'", 'lahete_id']) }} as referral_hk,
        {{
            hash_link([
                (["'patient'", 'lahete_id'], none),
                (['tnro'], none),
                (['palveluntuottaja_yksikko'], none)
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
        delivered.*
    from delivered
)

select
    person_hk,
    service_unit_hk,
    referral_hk,
    referral_care_hk,
    referral_processing_hashdiff,
    lahete_id,
    tnro,
    palveluntuottaja_yksikko,
    ea,
    lant,
    kiireellisyys,
    lanttupva,
    lantkaspva,
    koku,
    delivery_id,
    record_number,
    record_id,
    extract_datetime,
    load_datetime,
    record_source
from keyed
