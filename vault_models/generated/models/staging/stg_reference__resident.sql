-- One row per delivered record of reference.resident that waits for its load, or is later than one that waits:
-- typed, with every key and hash difference computed once.
{{ config(materialized='table') }}

with

delivered as (
    select
        {{ kept_text('landed.hetu') }} as hetu,
        {{ kept_text('landed.sukupuoli') }} as sukupuoli,
        landed.syntymapvm,
        {{ kept_text('landed.aidinkieli') }} as aidinkieli,
        landed.kuolinpvm,
        {{ kept_text('landed.kunta') }} as kunta,
        landed.asuu_alkaen,
        landed.asuu_asti,
        {{ record_id('pending.delivery_number', 'landed.record_number') }} as record_id,
        pending.delivery_number,
        pending.extract_datetime
    from {{ source('landing', 'reference__resident') }} as landed
    inner join {{ ref('pending_delivery') }} as pending on landed.delivery_id = pending.delivery_id
    where
        pending.record_source = 'reference.resident'
        and landed.is_quarantined is not true
),

told as (
    select
        delivered.*,
        {{ counted('hetu') }} as hetu__text
    from delivered
)

select
    {{ hash_key(['hetu__text']) }} as person_hk,
    {{
        hash_difference({
            'sex_code': 'sukupuoli',
            'birth_date': 'syntymapvm:date',
            'death_date': 'kuolinpvm:date',
            'language_code': 'aidinkieli'
        })
    }} as person_demography_hashdiff,
    {{
        hash_difference({
            'municipality_code': 'kunta',
            'moved_in_date': 'asuu_alkaen:date',
            'moved_out_date': 'asuu_asti:date'
        })
    }} as person_residence_hashdiff,
    hetu,
    sukupuoli,
    syntymapvm,
    aidinkieli,
    kuolinpvm,
    kunta,
    asuu_alkaen,
    asuu_asti,
    record_id,
    delivery_number,
    extract_datetime
from told
