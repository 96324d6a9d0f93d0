-- One row per decision that is known now and not gone: its latest attributes and relations.
{{ config(materialized='view') }}

with

latest_ruling as (
    select *
    from
        {{
            latest_told(
                [(ref('sat_decision_ruling__social_decision'), none)],
                'decision_hk', 'hashdiff',
                [
                    'decision_date',
                    'decision_result_code'
                ]
            )
        }} as latest
),

related_matter as (
    select
        placed.decision_hk,
        relation.matter_hk,
        relation.person_hk,
        relation.service_hk,
        placed.extract_datetime
    from
        {{
            latest_told(
                [(ref('effsat_decision_matter__social_decision'), none)],
                'decision_hk', 'decision_matter_hk', ['decision_matter_hk']
            )
        }} as placed
    inner join {{ ref('lnk_decision_matter') }} as relation
        on placed.decision_matter_hk = relation.decision_matter_hk
),

hub as (
    select *
    from {{ ref('hub_decision') }}
    where decision_hk not in ({{ ghost_keys() }})
)

select
    hub.decision_hk,
    hub.decision_id,
    latest_ruling.decision_date,
    latest_ruling.decision_result_code,
    related_matter.matter_hk,
    related_matter.person_hk,
    related_matter.service_hk,
    coalesce(
        greatest(
            latest_ruling.extract_datetime,
            related_matter.extract_datetime
        ),
        hub.extract_datetime
    ) as extract_datetime
from hub
left join latest_ruling
    on hub.decision_hk = latest_ruling.decision_hk
left join related_matter
    on hub.decision_hk = related_matter.decision_hk
