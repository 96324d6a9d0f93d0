-- One row per delivered record of hr.employment that waits for its load, or is later than one that waits:
-- typed, with every key and hash difference computed once.
{{ config(materialized='table') }}

with

delivered as (
    select *
    from {{ source('landing', 'hr__employment') }}
    where
        is_quarantined is not true
        and delivery_id in (
            select pending.delivery_id
            from {{ ref('pending_delivery') }} as pending
            where pending.record_source = 'hr.employment'
        )
),

keyed as (
    select
        {{ hash_key(['rekisterinumero'], when='rekisterinumero') }} as professional_hk,
        {{ hash_key(['yksikko']) }} as service_unit_hk,
        {{ hash_key(['kustannuspaikka']) }} as cost_centre_hk,
        {{ hash_key(["'hr'", 'palvelussuhde']) }} as employment_hk,
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
        delivered.*
    from delivered
)

select
    professional_hk,
    service_unit_hk,
    cost_centre_hk,
    employment_hk,
    {{ hash_link(['employment_hk', 'professional_hk', 'service_unit_hk', 'cost_centre_hk']) }} as employment_assignment_hk,
    employment_terms_hashdiff,
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
    delivery_id,
    record_number,
    extract_datetime,
    load_datetime,
    record_source
from keyed
