-- One row per service_start that is known now and not gone: its latest attributes and relations.
{{ config(materialized='view') }}

with

latest_period as (
    select *
    from
        {{
            latest_told(
                [(ref('sat_service_start_period__social_decision'), none)],
                'service_start_hk', 'hashdiff',
                [
                    'service_started_date',
                    'service_ended_date'
                ]
            )
        }} as latest
),

related_decision as (
    select
        placed.service_start_hk,
        relation.decision_hk,
        relation.service_hk,
        relation.service_unit_hk,
        placed.extract_datetime
    from
        {{
            latest_told(
                [(ref('effsat_service_start_decision__social_decision'), none)],
                'service_start_hk', 'service_start_decision_hk', ['service_start_decision_hk']
            )
        }} as placed
    inner join {{ ref('lnk_service_start_decision') }} as relation
        on placed.service_start_decision_hk = relation.service_start_decision_hk
),

hub as (
    select *
    from {{ ref('hub_service_start') }}
    where service_start_hk not in ({{ ghost_keys() }})
)

select
    hub.service_start_hk,
    hub.service_start_id,
    latest_period.service_started_date,
    latest_period.service_ended_date,
    related_decision.decision_hk,
    related_decision.service_hk,
    related_decision.service_unit_hk,
    coalesce(
        greatest(
            latest_period.extract_datetime,
            related_decision.extract_datetime
        ),
        hub.extract_datetime
    ) as extract_datetime
from hub
left join latest_period
    on hub.service_start_hk = latest_period.service_start_hk
left join related_decision
    on hub.service_start_hk = related_decision.service_start_hk
