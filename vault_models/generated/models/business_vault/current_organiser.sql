-- One row per organiser that is known now and not gone: its latest attributes and relations.
{{ config(materialized='view') }}

with

hub as (
    select *
    from {{ ref('hub_organiser') }}
    where organiser_hk not in ({{ ghost_keys() }})
)

select
    hub.organiser_hk,
    hub.organiser_code,
    hub.extract_datetime
from hub
