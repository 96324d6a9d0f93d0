-- One row per delivered record of social.decision that waits for its load, or is later than one that waits:
-- typed, with every key and hash difference computed once.
{{ config(materialized='table') }}

with

delivered as (
    select
        {{ kept_text('landed.paatos_id') }} as paatos_id,
        {{ kept_text('landed.asia_id') }} as asia_id,
        {{ kept_text('landed.tnro') }} as tnro,
        {{ kept_text('landed.palveluluokka') }} as palveluluokka,
        landed.paatos_pvm,
        {{ kept_text('landed.paatos_tulos') }} as paatos_tulos,
        landed.palvelu_alkoi_pvm,
        landed.palvelu_paattyi_pvm,
        {{ kept_text('landed.toteuttaja_yksikko') }} as toteuttaja_yksikko,
        {{ record_id('pending.delivery_number', 'landed.record_number') }} as record_id,
        pending.delivery_number,
        pending.extract_datetime
    from {{ source('landing', 'social__decision') }} as landed
    inner join {{ ref('pending_delivery') }} as pending on landed.delivery_id = pending.delivery_id
    where
        pending.record_source = 'social.decision'
        and landed.is_quarantined is not true
),

told as (
    select
        delivered.*,
        {{ counted('tnro') }} as tnro__text,
        {{ counted('asia_id') }} as asia_id__text,
        {{ counted('palveluluokka') }} as palveluluokka__text,
        {{ counted('toteuttaja_yksikko') }} as toteuttaja_yksikko__text,
        {{ counted('paatos_id') }} as paatos_id__text
    from delivered
)

select
    {{ hash_key(['tnro__text']) }} as person_hk,
    {{ hash_key(["'social'", 'asia_id__text']) }} as matter_hk,
    {{ hash_key(['palveluluokka__text']) }} as service_hk,
    {{ hash_key(['toteuttaja_yksikko__text'], when='toteuttaja_yksikko') }} as service_unit_hk,
    {{ hash_key(["'social'", 'paatos_id__text']) }} as decision_hk,
    {{ hash_key(["'social'", 'paatos_id__text'], when='palvelu_alkoi_pvm') }} as service_start_hk,
    {{
        hash_link([
            (["'social'", 'paatos_id__text'], none),
            (["'social'", 'asia_id__text'], none),
            (['tnro__text'], none),
            (['palveluluokka__text'], none)
        ])
    }} as decision_matter_hk,
    {{
        hash_link([
            (["'social'", 'paatos_id__text'], 'palvelu_alkoi_pvm'),
            (["'social'", 'paatos_id__text'], none),
            (['palveluluokka__text'], none),
            (['toteuttaja_yksikko__text'], 'toteuttaja_yksikko')
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
    paatos_id,
    asia_id,
    tnro,
    palveluluokka,
    paatos_pvm,
    paatos_tulos,
    palvelu_alkoi_pvm,
    palvelu_paattyi_pvm,
    toteuttaja_yksikko,
    record_id,
    delivery_number,
    extract_datetime
from told
