-- One row per delivered record of patient.avohilmo that waits for its load, or is later than one that waits:
-- typed, with every key and hash difference computed once.
{{ config(materialized='table') }}

with

delivered as (
    select
        {{ kept_text('landed.avohilmo_id') }} as avohilmo_id,
        {{ kept_text('landed.tnro') }} as tnro,
        {{ kept_text('landed.asiakas_kotikunta') }} as asiakas_kotikunta,
        {{ kept_text('landed.palveluntuottaja_yksikko') }} as palveluntuottaja_yksikko,
        landed.seurantatietue_paivitetty,
        landed.yhteydenotto_ajankohta,
        landed.hoidontarve_ajankohta,
        {{ kept_text('landed.hta_ammatti') }} as hta_ammatti,
        landed.hta_ensikaynti,
        {{ kept_text('landed.hta_kiireellisyys') }} as hta_kiireellisyys,
        {{ kept_text('landed.hta_luonne') }} as hta_luonne,
        {{ kept_text('landed.hta_tulos') }} as hta_tulos,
        landed.ajanvaraus_ajankohta,
        landed.ajanvaraus_varattu,
        {{ kept_text('landed.ajanvaraus_palvelumuoto') }} as ajanvaraus_palvelumuoto,
        {{ kept_text('landed.ajanvaraus_yhteystapa') }} as ajanvaraus_yhteystapa,
        landed.peruutus_ajankohta,
        {{ kept_text('landed.peruutus_syy') }} as peruutus_syy,
        landed.kaynti_alkoi,
        landed.kaynti_loppui,
        {{ kept_text('landed.kaynti_kavijaryhma') }} as kaynti_kavijaryhma,
        {{ kept_text('landed.kaynti_kiireellisyys') }} as kaynti_kiireellisyys,
        {{ kept_text('landed.kaynti_luonne') }} as kaynti_luonne,
        landed.kaynti_ensikaynti,
        {{ kept_text('landed.kaynti_syyluokka') }} as kaynti_syyluokka,
        {{ kept_text('landed.kaynti_palvelumuoto') }} as kaynti_palvelumuoto,
        {{ kept_text('landed.kaynti_yhteystapa') }} as kaynti_yhteystapa,
        {{ kept_text('landed.kaynti_ammatti') }} as kaynti_ammatti,
        {{ kept_text('landed.kaynti_toteuttaja') }} as kaynti_toteuttaja,
        {{ record_id('pending.delivery_number', 'landed.record_number') }} as record_id,
        pending.delivery_number,
        pending.extract_datetime
    from {{ source('landing', 'patient__avohilmo') }} as landed
    inner join {{ ref('pending_delivery') }} as pending on landed.delivery_id = pending.delivery_id
    where
        pending.record_source = 'patient.avohilmo'
        and landed.is_quarantined is not true
),

told as (
    select
        delivered.*,
        {{ counted('tnro') }} as tnro__text,
        {{ counted('palveluntuottaja_yksikko') }} as palveluntuottaja_yksikko__text,
        {{ counted('kaynti_toteuttaja') }} as kaynti_toteuttaja__text,
        {{ counted('avohilmo_id') }} as avohilmo_id__text
    from delivered
)

select
    {{ hash_key(['tnro__text']) }} as person_hk,
    {{ hash_key(['palveluntuottaja_yksikko__text']) }} as service_unit_hk,
    {{ hash_key(['kaynti_toteuttaja__text'], when='kaynti_toteuttaja') }} as professional_hk,
    {{ hash_key(["'patient'", 'avohilmo_id__text'], when='yhteydenotto_ajankohta') }} as contact_hk,
    {{ hash_key(["'patient'", 'avohilmo_id__text'], when='hoidontarve_ajankohta') }} as need_assessment_hk,
    {{ hash_key(["'patient'", 'avohilmo_id__text'], when='ajanvaraus_ajankohta') }} as booking_hk,
    {{ hash_key(["'patient'", 'avohilmo_id__text'], when='kaynti_alkoi') }} as visit_hk,
    {{
        hash_link([
            (["'patient'", 'avohilmo_id__text'], 'yhteydenotto_ajankohta'),
            (['tnro__text'], none),
            (['palveluntuottaja_yksikko__text'], none)
        ])
    }} as contact_care_hk,
    {{
        hash_link([
            (["'patient'", 'avohilmo_id__text'], 'hoidontarve_ajankohta'),
            (['tnro__text'], none),
            (['palveluntuottaja_yksikko__text'], none),
            (["'patient'", 'avohilmo_id__text'], 'yhteydenotto_ajankohta')
        ])
    }} as need_assessment_care_hk,
    {{
        hash_link([
            (["'patient'", 'avohilmo_id__text'], 'ajanvaraus_ajankohta'),
            (['tnro__text'], none),
            (['palveluntuottaja_yksikko__text'], none)
        ])
    }} as booking_care_hk,
    {{
        hash_link([
            (["'patient'", 'avohilmo_id__text'], 'kaynti_alkoi'),
            (['tnro__text'], none),
            (['palveluntuottaja_yksikko__text'], none),
            (['kaynti_toteuttaja__text'], 'kaynti_toteuttaja')
        ])
    }} as visit_care_hk,
    {{
        hash_link([
            (["'patient'", 'avohilmo_id__text'], 'kaynti_alkoi'),
            (["'patient'", 'avohilmo_id__text'], 'yhteydenotto_ajankohta'),
            (["'patient'", 'avohilmo_id__text'], 'hoidontarve_ajankohta'),
            (["'patient'", 'avohilmo_id__text'], 'ajanvaraus_ajankohta')
        ])
    }} as visit_process_hk,
    {{
        hash_difference({
            'contacted_at': 'yhteydenotto_ajankohta:datetime',
            'contact_municipality_code': 'asiakas_kotikunta'
        })
    }} as contact_timing_hashdiff,
    {{
        hash_difference({
            'need_assessed_at': 'hoidontarve_ajankohta:datetime',
            'need_assessment_profession_code': 'hta_ammatti',
            'need_assessment_is_first_visit': 'hta_ensikaynti:boolean',
            'need_assessment_urgency_code': 'hta_kiireellisyys',
            'need_assessment_nature_code': 'hta_luonne',
            'need_assessment_result_code': 'hta_tulos'
        })
    }} as need_assessment_assessment_hashdiff,
    {{
        hash_difference({
            'booked_at': 'ajanvaraus_ajankohta:datetime',
            'booked_for': 'ajanvaraus_varattu:datetime',
            'booking_service_form_code': 'ajanvaraus_palvelumuoto',
            'booking_contact_type_code': 'ajanvaraus_yhteystapa',
            'cancelled_at': 'peruutus_ajankohta:datetime',
            'cancellation_reason_code': 'peruutus_syy'
        })
    }} as booking_timing_hashdiff,
    {{
        hash_difference({
            'visit_started_at': 'kaynti_alkoi:datetime',
            'visit_ended_at': 'kaynti_loppui:datetime',
            'visit_municipality_code': 'asiakas_kotikunta'
        })
    }} as visit_timing_hashdiff,
    {{
        hash_difference({
            'visitor_group_code': 'kaynti_kavijaryhma',
            'visit_urgency_code': 'kaynti_kiireellisyys',
            'visit_nature_code': 'kaynti_luonne',
            'is_first_visit': 'kaynti_ensikaynti:boolean',
            'visit_reason_class_code': 'kaynti_syyluokka',
            'visit_service_form_code': 'kaynti_palvelumuoto',
            'contact_type_code': 'kaynti_yhteystapa',
            'visit_profession_code': 'kaynti_ammatti'
        })
    }} as visit_content_hashdiff,
    avohilmo_id,
    tnro,
    asiakas_kotikunta,
    palveluntuottaja_yksikko,
    seurantatietue_paivitetty,
    yhteydenotto_ajankohta,
    hoidontarve_ajankohta,
    hta_ammatti,
    hta_ensikaynti,
    hta_kiireellisyys,
    hta_luonne,
    hta_tulos,
    ajanvaraus_ajankohta,
    ajanvaraus_varattu,
    ajanvaraus_palvelumuoto,
    ajanvaraus_yhteystapa,
    peruutus_ajankohta,
    peruutus_syy,
    kaynti_alkoi,
    kaynti_loppui,
    kaynti_kavijaryhma,
    kaynti_kiireellisyys,
    kaynti_luonne,
    kaynti_ensikaynti,
    kaynti_syyluokka,
    kaynti_palvelumuoto,
    kaynti_yhteystapa,
    kaynti_ammatti,
    kaynti_toteuttaja,
    record_id,
    delivery_number,
    extract_datetime
from told
