-- One row per professional that is known now and not gone: its latest attributes and relations.
{{ config(materialized='view') }}

with

hub as (
    select *
    from {{ ref('hub_professional') }}
    where professional_hk not in ({{ ghost_keys() }})
)

select
    hub.professional_hk,
    hub.professional_id,
    hub.extract_datetime
from hub
