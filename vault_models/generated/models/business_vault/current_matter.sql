-- One row per matter that is known now and not gone: its latest attributes and relations.
{{ config(materialized='view') }}

with

latest_progress as (
    select *
    from
        {{
            latest_told(
                [(ref('sat_matter_progress__social_matter'), none)],
                'matter_hk', 'hashdiff',
                [
                    'social_task_code',
                    'client_group_code',
                    'matter_contact_date',
                    'pending_date',
                    'matter_municipality_code'
                ]
            )
        }} as latest
),

related_care as (
    select
        placed.matter_hk,
        relation.person_hk,
        relation.service_unit_hk,
        placed.extract_datetime
    from
        {{
            latest_told(
                [(ref('effsat_matter_care__social_matter'), none)],
                'matter_hk', 'matter_care_hk', ['matter_care_hk']
            )
        }} as placed
    inner join {{ ref('lnk_matter_care') }} as relation
        on placed.matter_care_hk = relation.matter_care_hk
),

hub as (
    select *
    from {{ ref('hub_matter') }}
    where matter_hk not in ({{ ghost_keys() }})
)

select
    hub.matter_hk,
    hub.matter_id,
    latest_progress.social_task_code,
    latest_progress.client_group_code,
    latest_progress.matter_contact_date,
    latest_progress.pending_date,
    latest_progress.matter_municipality_code,
    related_care.person_hk,
    related_care.service_unit_hk,
    coalesce(
        greatest(
            latest_progress.extract_datetime,
            related_care.extract_datetime
        ),
        hub.extract_datetime
    ) as extract_datetime
from hub
left join latest_progress
    on hub.matter_hk = latest_progress.matter_hk
left join related_care
    on hub.matter_hk = related_care.matter_hk
