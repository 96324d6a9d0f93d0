-- One row per producer that is known now and not gone: its latest attributes and relations.
{{ config(materialized='view') }}

with

latest_identity as (
    select *
    from
        {{
            latest_told(
                [(ref('sat_producer_identity__reference_unit'), ref('status_producer__reference_unit'))],
                'producer_hk', 'hashdiff',
                ['producer_name']
            )
        }} as latest
),

-- Gone: what every source that tells of presence says, while no other source tells of the key.
gone as (
    select *
    from
        {{
            gone(
                'producer_hk',
                statuses=[ref('status_producer__reference_unit')]
            )
        }} as word
),

hub as (
    select *
    from {{ ref('hub_producer') }}
    where producer_hk not in ({{ ghost_keys() }})
)

select
    hub.producer_hk,
    hub.producer_business_id,
    latest_identity.producer_name,
    coalesce(latest_identity.extract_datetime, hub.extract_datetime) as extract_datetime
from hub
left join latest_identity
    on hub.producer_hk = latest_identity.producer_hk
anti join gone on hub.producer_hk = gone.producer_hk
