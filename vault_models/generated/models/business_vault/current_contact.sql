-- One row per contact that is known now and not gone: its latest attributes and relations.
{{ config(materialized='view') }}

with

latest_timing as (
    select *
    from
        {{
            latest_told(
                [(ref('sat_contact_timing__patient_avohilmo'), none)],
                'contact_hk', 'hashdiff',
                [
                    'contacted_at',
                    'contact_municipality_code'
                ]
            )
        }} as latest
),

related_care as (
    select
        placed.contact_hk,
        relation.person_hk,
        relation.service_unit_hk,
        placed.extract_datetime
    from
        {{
            latest_told(
                [(ref('effsat_contact_care__patient_avohilmo'), none)],
                'contact_hk', 'contact_care_hk', ['contact_care_hk']
            )
        }} as placed
    inner join {{ ref('lnk_contact_care') }} as relation
        on placed.contact_care_hk = relation.contact_care_hk
),

hub as (
    select *
    from {{ ref('hub_contact') }}
    where contact_hk not in ({{ ghost_keys() }})
)

select
    hub.contact_hk,
    hub.contact_id,
    latest_timing.contacted_at,
    latest_timing.contact_municipality_code,
    related_care.person_hk,
    related_care.service_unit_hk,
    coalesce(
        greatest(
            latest_timing.extract_datetime,
            related_care.extract_datetime
        ),
        hub.extract_datetime
    ) as extract_datetime
from hub
left join latest_timing
    on hub.contact_hk = latest_timing.contact_hk
left join related_care
    on hub.contact_hk = related_care.contact_hk
