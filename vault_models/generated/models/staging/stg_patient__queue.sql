-- One row per delivered record of patient.queue that waits for its load, or is later than one that waits:
-- typed, with every key and hash difference computed once.
{{ config(materialized='table') }}

with

delivered as (
    select
        landed.*,
        {{ record_id('pending.delivery_number', 'landed.record_number') }} as record_id
    from {{ source('landing', 'patient__queue') }} as landed
    inner join {{ ref('pending_delivery') }} as pending on landed.delivery_id = pending.delivery_id
    where
        pending.record_source = 'patient.queue'
        and landed.is_quarantined is not true
),

keyed as (
    select
        {{ hash_key(['tnro']) }} as person_hk,
        {{ hash_key(['palveluntuottaja_yksikko']) }} as service_unit_hk,
        {{ hash_key(["'patient'", 'lahete_id'], when='lahete_id') }} as referral_hk,
        {{ hash_key(["'patient'", 'jono_id']) }} as queue_entry_hk,
        {{
            hash_link([
                (["'patient'", 'jono_id'], none),
                (['tnro'], none),
                (['palveluntuottaja_yksikko'], none),
                (["'patient'", 'lahete_id'], 'lahete_id')
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
        delivered.*
    from delivered
)

select
    person_hk,
    service_unit_hk,
    referral_hk,
    queue_entry_hk,
    queue_entry_care_hk,
    queue_entry_progress_hashdiff,
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
    delivery_id,
    record_number,
    record_id,
    extract_datetime,
    load_datetime,
    record_source
from keyed
