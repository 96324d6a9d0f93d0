-- One row per delivered record of reference.unit that waits for its load, or is later than one that waits:
-- typed, with every key and hash difference computed once.
{{ config(materialized='table') }}

with

delivered as (
    select
        {{ kept_text('landed.yksikko_oid') }} as yksikko_oid,
        {{ kept_text('landed.nimi') }} as nimi,
        {{ kept_text('landed.namn') }} as namn,
        {{ kept_text('landed.kunta') }} as kunta,
        {{ kept_text('landed.jarjestaja') }} as jarjestaja,
        {{ kept_text('landed.tuottaja_ytunnus') }} as tuottaja_ytunnus,
        {{ kept_text('landed.tuottaja_nimi') }} as tuottaja_nimi,
        {{ kept_text('landed.tuotantotapa') }} as tuotantotapa,
        {{ kept_text('landed.palveluala') }} as palveluala,
        {{ record_id('pending.delivery_number', 'landed.record_number') }} as record_id,
        pending.delivery_number,
        pending.extract_datetime
    from {{ source('landing', 'reference__unit') }} as landed
    inner join {{ ref('pending_delivery') }} as pending on landed.delivery_id = pending.delivery_id
    where
        pending.record_source = 'reference.unit'
        and landed.is_quarantined is not true
),

told as (
    select
        delivered.*,
        {{ counted('jarjestaja') }} as jarjestaja__text,
        {{ counted('tuottaja_ytunnus') }} as tuottaja_ytunnus__text,
        {{ counted('yksikko_oid') }} as yksikko_oid__text
    from delivered
)

select
    {{ hash_key(['jarjestaja__text']) }} as organiser_hk,
    {{ hash_key(['tuottaja_ytunnus__text']) }} as producer_hk,
    {{ hash_key(['yksikko_oid__text']) }} as service_unit_hk,
    {{
        hash_link([
            (['yksikko_oid__text'], none),
            (['jarjestaja__text'], none),
            (['tuottaja_ytunnus__text'], none)
        ])
    }} as service_unit_organisation_hk,
    {{
        hash_difference({
            'producer_name': 'tuottaja_nimi'
        })
    }} as producer_identity_hashdiff,
    {{
        hash_difference({
            'unit_name_fi': 'nimi',
            'unit_name_sv': 'namn',
            'unit_municipality_code': 'kunta',
            'production_mode_code': 'tuotantotapa',
            'unit_area_code': 'palveluala'
        })
    }} as service_unit_details_hashdiff,
    yksikko_oid,
    nimi,
    namn,
    kunta,
    jarjestaja,
    tuottaja_ytunnus,
    tuottaja_nimi,
    tuotantotapa,
    palveluala,
    record_id,
    delivery_number,
    extract_datetime
from told
