-- One row per delivered record of hr.employment that waits for its load, or is later than one that waits:
-- typed, with every key and hash difference computed once.
{{ config(materialized='table') }}

with

delivered as (
    select
        {{ kept_text('landed.palvelussuhde') }} as palvelussuhde,
        {{ kept_text('landed.rekisterinumero') }} as rekisterinumero,
        {{ kept_text('landed.yksikko') }} as yksikko,
        {{ kept_text('landed.kustannuspaikka') }} as kustannuspaikka,
        {{ kept_text('landed.ammattinimike') }} as ammattinimike,
        {{ kept_text('landed.ammattiryhma') }} as ammattiryhma,
        {{ kept_text('landed.luonne') }} as luonne,
        landed.osa_aikaprosentti,
        landed.alkoi,
        landed.paattyi,
        {{ record_id('pending.delivery_number', 'landed.record_number') }} as record_id,
        pending.delivery_number,
        pending.extract_datetime
    from {{ source('landing', 'hr__employment') }} as landed
    inner join {{ ref('pending_delivery') }} as pending on landed.delivery_id = pending.delivery_id
    where
        pending.record_source = 'hr.employment'
        and landed.is_quarantined is not true
),

told as (
    select
        delivered.*,
        {{ counted('rekisterinumero') }} as rekisterinumero__text,
        {{ counted('yksikko') }} as yksikko__text,
        {{ counted('kustannuspaikka') }} as kustannuspaikka__text,
        {{ counted('palvelussuhde') }} as palvelussuhde__text
    from delivered
)

select
    {{ hash_key(['rekisterinumero__text'], when='rekisterinumero') }} as professional_hk,
    {{ hash_key(['yksikko__text']) }} as service_unit_hk,
    {{ hash_key(['kustannuspaikka__text']) }} as cost_centre_hk,
    {{ hash_key(["'hr'", 'palvelussuhde__text']) }} as employment_hk,
    {{
        hash_link([
            (["'hr'", 'palvelussuhde__text'], none),
            (['rekisterinumero__text'], 'rekisterinumero'),
            (['yksikko__text'], none),
            (['kustannuspaikka__text'], none)
        ])
    }} as employment_assignment_hk,
    {{
        hash_difference({
            'job_title': 'ammattinimike',
            'profession_group_code': 'ammattiryhma',
            'employment_nature_code': 'luonne',
            'part_time_percent': 'osa_aikaprosentti:decimal',
            'employment_started_date': 'alkoi:date',
            'employment_ended_date': 'paattyi:date'
        })
    }} as employment_terms_hashdiff,
    palvelussuhde,
    rekisterinumero,
    yksikko,
    kustannuspaikka,
    ammattinimike,
    ammattiryhma,
    luonne,
    osa_aikaprosentti,
    alkoi,
    paattyi,
    record_id,
    delivery_number,
    extract_datetime
from told
