-- One row per delivered record of patient.queue that waits for its load, or is later than one that waits:
-- typed, with every key and hash difference computed once.
{{ config(materialized='table') }}

with

delivered as (
    select
        {{ kept_text('landed.jono_id') }} as jono_id,
        {{ kept_text('landed.lahete_id') }} as lahete_id,
        {{ kept_text('landed.tnro') }} as tnro,
        {{ kept_text('landed.palveluntuottaja_yksikko') }} as palveluntuottaja_yksikko,
        {{ kept_text('landed.ea') }} as ea,
        landed.jonopvm,
        landed.tupva,
        landed.jonosta_poisto_pvm,
        {{ kept_text('landed.jonosta_poisto_syy') }} as jonosta_poisto_syy,
        {{ kept_text('landed.koku') }} as koku,
        {{ record_id('pending.delivery_number', 'landed.record_number') }} as record_id,
        pending.delivery_number,
        pending.extract_datetime
    from {{ source('landing', 'patient__queue') }} as landed
    inner join {{ ref('pending_delivery') }} as pending on landed.delivery_id = pending.delivery_id
    where
        pending.record_source = 'patient.queue'
        and landed.is_quarantined is not true
),

told as (
    select
        delivered.*,
        {{ counted('tnro') }} as tnro__text,
        {{ counted('palveluntuottaja_yksikko') }} as palveluntuottaja_yksikko__text,
        {{ counted('lahete_id') }} as lahete_id__text,
        {{ counted('jono_id') }} as jono_id__text
    from delivered
)

select
    {{ hash_key(['tnro__text']) }} as person_hk,
    {{ hash_key(['palveluntuottaja_yksikko__text']) }} as service_unit_hk,
    {{ hash_key(["'patient'", 'lahete_id__text'], when='lahete_id') }} as referral_hk,
    {{ hash_key(["'patient'", 'jono_id__text']) }} as queue_entry_hk,
    {{
        hash_link([
            (["'patient'", 'jono_id__text'], none),
            (['tnro__text'], none),
            (['palveluntuottaja_yksikko__text'], none),
            (["'patient'", 'lahete_id__text'], 'lahete_id')
        ])
    }} as queue_entry_care_hk,
    {{
        hash_difference({
            'queued_date': 'jonopvm:date',
            'treatment_started_date': 'tupva:date',
            'queue_removed_date': 'jonosta_poisto_pvm:date',
            'queue_removal_reason_code': 'jonosta_poisto_syy',
            'queue_specialty_code': 'ea',
            'queue_municipality_code': 'koku'
        })
    }} as queue_entry_progress_hashdiff,
    jono_id,
    lahete_id,
    tnro,
    palveluntuottaja_yksikko,
    ea,
    jonopvm,
    tupva,
    jonosta_poisto_pvm,
    jonosta_poisto_syy,
    koku,
    record_id,
    delivery_number,
    extract_datetime
from told
