-- One row per delivered record of finance.cost_centre that waits for its load, or is later than one that waits:
-- typed, with every key and hash difference computed once.
{{ config(materialized='table') }}

with

delivered as (
    select
        landed.*,
        {{ record_id('pending.delivery_number', 'landed.record_number') }} as record_id
    from {{ source('landing', 'finance__cost_centre') }} as landed
    inner join {{ ref('pending_delivery') }} as pending on landed.delivery_id = pending.delivery_id
    where
        pending.record_source = 'finance.cost_centre'
        and landed.is_quarantined is not true
),

keyed as (
    select
        {{ hash_key(['palveluluokka'], when='palveluluokka') }} as service_hk,
        {{ hash_key(['yksikko'], when='yksikko') }} as service_unit_hk,
        {{ hash_key(['kustannuspaikka']) }} as cost_centre_hk,
        {{
            hash_link([
                (['kustannuspaikka'], none),
                (['palveluluokka'], 'palveluluokka'),
                (['yksikko'], 'yksikko')
            ])
        }} as cost_centre_service_hk,
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
    cost_centre_service_hk,
    cost_centre_details_hashdiff,
    kustannuspaikka,
    nimi,
    palveluluokka,
    yksikko,
    delivery_id,
    record_number,
    record_id,
    extract_datetime,
    load_datetime,
    record_source
from keyed
