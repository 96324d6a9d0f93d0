-- One row per service that is known now and not gone: its latest attributes and relations.
{{ config(materialized='view') }}

with

hub as (
    select *
    from {{ ref('hub_service') }}
    where service_hk not in ({{ ghost_keys() }})
)

select
    hub.service_hk,
    hub.service_code,
    hub.extract_datetime
from hub
