-- One row per delivered record of finance.cost_centre that waits for its load, or is later than one that waits:
-- typed, with every key and hash difference computed once.
{{ config(materialized='table') }}

with

delivered as (
    select *
    from {{ source('landing', 'finance__cost_centre') }}
    where
        is_quarantined is not true
        and delivery_id in (
            select pending.delivery_id
            from {{ ref('pending_delivery') }} as pending
            where pending.record_source = 'finance.cost_centre'
        )
),

keyed as (
    select
        {{ hash_key(['palveluluokka'], when='palveluluokka') }} as service_hk,
        {{ hash_key(['yksikko'], when='yksikko') }} as service_unit_hk,
        {{ hash_key(['kustannuspaikka']) }} as cost_centre_hk,
        {{
            hash_difference({
                'cost_centre_name': 'nimi'
            })
        }} as cost_centre_details_hashdiff,
        delivered.*
    from delivered
)

select
    service_hk,
    service_unit_hk,
    cost_centre_hk,
    {{ hash_link(['cost_centre_hk', 'service_hk', 'service_unit_hk']) }} as cost_centre_service_hk,
    cost_centre_details_hashdiff,
    kustannuspaikka,
    nimi,
    palveluluokka,
    yksikko,
    delivery_id,
    record_number,
    extract_datetime,
    load_datetime,
    record_source
from keyed
