-- One row per delivered record of social.matter that waits for its load, or is later than one that waits:
-- typed, with every key and hash difference computed once.
{{ config(materialized='table') }}

with

delivered as (
    select
        {{ kept_text('landed.asia_id') }} as asia_id,
        {{ kept_text('landed.tnro') }} as tnro,
        {{ kept_text('landed.palveluyksikko') }} as palveluyksikko,
        {{ kept_text('landed.palvelutehtava') }} as palvelutehtava,
        {{ kept_text('landed.asiakasryhma') }} as asiakasryhma,
        landed.yhteydenotto_pvm,
        landed.vireilletulo_pvm,
        {{ kept_text('landed.pta_id') }} as pta_id,
        landed.pta_alkoi_pvm,
        landed.pta_valmis_pvm,
        {{ kept_text('landed.koku') }} as koku,
        {{ record_id('pending.delivery_number', 'landed.record_number') }} as record_id,
        pending.delivery_number,
        pending.extract_datetime
    from {{ source('landing', 'social__matter') }} as landed
    inner join {{ ref('pending_delivery') }} as pending on landed.delivery_id = pending.delivery_id
    where
        pending.record_source = 'social.matter'
        and landed.is_quarantined is not true
),

told as (
    select
        delivered.*,
        {{ counted('tnro') }} as tnro__text,
        {{ counted('palveluyksikko') }} as palveluyksikko__text,
        {{ counted('asia_id') }} as asia_id__text,
        {{ counted('pta_id') }} as pta_id__text
    from delivered
)

select
    {{ hash_key(['tnro__text']) }} as person_hk,
    {{ hash_key(['palveluyksikko__text']) }} as service_unit_hk,
    {{ hash_key(["'social'", 'asia_id__text']) }} as matter_hk,
    {{ hash_key(["'social'", 'pta_id__text'], when='pta_id') }} as service_need_assessment_hk,
    {{
        hash_link([
            (["'social'", 'asia_id__text'], none),
            (['tnro__text'], none),
            (['palveluyksikko__text'], none)
        ])
    }} as matter_care_hk,
    {{
        hash_link([
            (["'social'", 'pta_id__text'], 'pta_id'),
            (["'social'", 'asia_id__text'], none),
            (['tnro__text'], none)
        ])
    }} as service_need_assessment_matter_hk,
    {{
        hash_difference({
            'social_task_code': 'palvelutehtava',
            'client_group_code': 'asiakasryhma',
            'matter_contact_date': 'yhteydenotto_pvm:date',
            'pending_date': 'vireilletulo_pvm:date',
            'matter_municipality_code': 'koku'
        })
    }} as matter_progress_hashdiff,
    {{
        hash_difference({
            'assessment_started_date': 'pta_alkoi_pvm:date',
            'assessment_ready_date': 'pta_valmis_pvm:date'
        })
    }} as service_need_assessment_progress_hashdiff,
    asia_id,
    tnro,
    palveluyksikko,
    palvelutehtava,
    asiakasryhma,
    yhteydenotto_pvm,
    vireilletulo_pvm,
    pta_id,
    pta_alkoi_pvm,
    pta_valmis_pvm,
    koku,
    record_id,
    delivery_number,
    extract_datetime
from told
