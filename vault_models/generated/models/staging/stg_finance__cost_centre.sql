-- One row per delivered record of finance.cost_centre that waits for its load, or is later than one that waits:
-- typed, with every key and hash difference computed once.
{{ config(materialized='table') }}

with

delivered as (
    select
        {{ kept_text('landed.kustannuspaikka') }} as kustannuspaikka,
        {{ kept_text('landed.nimi') }} as nimi,
        {{ kept_text('landed.palveluluokka') }} as palveluluokka,
        {{ kept_text('landed.yksikko') }} as yksikko,
        {{ record_id('pending.delivery_number', 'landed.record_number') }} as record_id,
        pending.delivery_number,
        pending.extract_datetime
    from {{ source('landing', 'finance__cost_centre') }} as landed
    inner join {{ ref('pending_delivery') }} as pending on landed.delivery_id = pending.delivery_id
    where
        pending.record_source = 'finance.cost_centre'
        and landed.is_quarantined is not true
),

told as (
    select
        delivered.*,
        {{ counted('palveluluokka') }} as palveluluokka__text,
        {{ counted('yksikko') }} as yksikko__text,
        {{ counted('kustannuspaikka') }} as kustannuspaikka__text
    from delivered
)

select
    {{ hash_key(['palveluluokka__text'], when='palveluluokka') }} as service_hk,
    {{ hash_key(['yksikko__text'], when='yksikko') }} as service_unit_hk,
    {{ hash_key(['kustannuspaikka__text']) }} as cost_centre_hk,
    {{
        hash_link([
            (['kustannuspaikka__text'], none),
            (['palveluluokka__text'], 'palveluluokka'),
            (['yksikko__text'], 'yksikko')
        ])
    }} as cost_centre_service_hk,
    {{
        hash_difference({
            'cost_centre_name': 'nimi'
        })
    }} as cost_centre_details_hashdiff,
    kustannuspaikka,
    nimi,
    palveluluokka,
    yksikko,
    record_id,
    delivery_number,
    extract_datetime
from told
