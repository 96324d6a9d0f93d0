-- One row per cost_centre that is known now and not gone: its latest attributes and relations.
{{ config(materialized='view') }}

with

latest_details as (
    select *
    from
        {{
            latest_told(
                [(ref('sat_cost_centre_details__finance_cost_centre'), ref('status_cost_centre__finance_cost_centre'))],
                'cost_centre_hk', 'hashdiff',
                ['cost_centre_name']
            )
        }} as latest
),

related_service as (
    select
        placed.cost_centre_hk,
        relation.service_hk,
        relation.service_unit_hk,
        placed.extract_datetime
    from
        {{
            latest_told(
                [(ref('effsat_cost_centre_service__finance_cost_centre'), ref('status_cost_centre__finance_cost_centre'))],
                'cost_centre_hk', 'cost_centre_service_hk', ['cost_centre_service_hk']
            )
        }} as placed
    inner join {{ ref('lnk_cost_centre_service') }} as relation
        on placed.cost_centre_service_hk = relation.cost_centre_service_hk
),

-- Gone: what every source that tells of presence says, while no other source tells of the key.
gone as (
    select *
    from
        {{
            gone(
                'cost_centre_hk',
                statuses=[ref('status_cost_centre__finance_cost_centre')]
            )
        }} as word
),

hub as (
    select *
    from {{ ref('hub_cost_centre') }}
    where cost_centre_hk not in ({{ ghost_keys() }})
)

select
    hub.cost_centre_hk,
    hub.cost_centre_code,
    latest_details.cost_centre_name,
    related_service.service_hk,
    related_service.service_unit_hk,
    coalesce(
        greatest(
            latest_details.extract_datetime,
            related_service.extract_datetime
        ),
        hub.extract_datetime
    ) as extract_datetime
from hub
left join latest_details
    on hub.cost_centre_hk = latest_details.cost_centre_hk
left join related_service
    on hub.cost_centre_hk = related_service.cost_centre_hk
anti join gone on hub.cost_centre_hk = gone.cost_centre_hk
