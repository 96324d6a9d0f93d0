-- One row per delivered record of social.decision that waits for its load, or is later than one that waits:
-- typed, with every key and hash difference computed once.
{{ config(materialized='table') }}

with

delivered as (
    select
        landed.*,
        {{ record_id('pending.delivery_number', 'landed.record_number') }} as record_id
    from {{ source('landing', 'social__decision') }} as landed
    inner join {{ ref('pending_delivery') }} as pending on landed.delivery_id = pending.delivery_id
    where
        pending.record_source = 'social.decision'
        and landed.is_quarantined is not true
),

keyed as (
    select
        {{ hash_key(['tnro']) }} as person_hk,
        {{ hash_key(["'social'", 'asia_id']) }} as matter_hk,
        {{ hash_key(['palveluluokka']) }} as service_hk,
        {{ hash_key(['toteuttaja_yksikko'], when='toteuttaja_yksikko') }} as service_unit_hk,
        {{ hash_key(["'social'", 'paatos_id']) }} as decision_hk,
        {{ hash_key(["'social'", 'paatos_id'], when='palvelu_alkoi_pvm') }} as service_start_hk,
        {{
            hash_link([
                (["'social'", 'paatos_id'], none),
                (["'social'", 'asia_id'], none),
                (['tnro'], none),
                (['palveluluokka'], none)
            ])
        }} as decision_matter_hk,
        {{
            hash_link([
                (["'social'", 'paatos_id'], 'palvelu_alkoi_pvm'),
                (["'social'", 'paatos_id'], none),
                (['palveluluokka'], none),
                (['toteuttaja_yksikko'], 'toteuttaja_yksikko')
            ])
        }} as service_start_decision_hk,
        {{
            hash_difference({
                'decision_date': 'paatos_pvm:date',
                'decision_result_code': 'paatos_tulos'
            })
        }} as decision_ruling_hashdiff,
        {{
            hash_difference({
                'service_started_date': 'palvelu_alkoi_pvm:date',
                'service_ended_date': 'palvelu_paattyi_pvm:date'
            })
        }} as service_start_period_hashdiff,
        delivered.*
    from delivered
)

select
    person_hk,
    matter_hk,
    service_hk,
    service_unit_hk,
    decision_hk,
    service_start_hk,
    decision_matter_hk,
    service_start_decision_hk,
    decision_ruling_hashdiff,
    service_start_period_hashdiff,
    paatos_id,
    asia_id,
    tnro,
    palveluluokka,
    paatos_pvm,
    paatos_tulos,
    palvelu_alkoi_pvm,
    palvelu_paattyi_pvm,
    toteuttaja_yksikko,
    delivery_id,
    record_number,
    record_id,
    extract_datetime,
    load_datetime,
    record_source
from keyed
