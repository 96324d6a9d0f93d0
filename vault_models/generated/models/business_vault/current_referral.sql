-- One row per referral that is known now and not gone: its latest attributes and relations.
{{ config(materialized='view') }}

with

latest_processing as (
    select *
    from
        {{
            latest_told(
                [(ref('sat_referral_processing__patient_referral'), none)],
                'referral_hk', 'hashdiff',
                [
                    'referral_arrived_date',
                    'referral_processed_date',
                    'referral_specialty_code',
                    'referral_sender_code',
                    'referral_urgency_code',
                    'referral_municipality_code'
                ]
            )
        }} as latest
),

related_care as (
    select
        placed.referral_hk,
        relation.person_hk,
        relation.service_unit_hk,
        placed.extract_datetime
    from
        {{
            latest_told(
                [(ref('effsat_referral_care__patient_referral'), none)],
                'referral_hk', 'referral_care_hk', ['referral_care_hk']
            )
        }} as placed
    inner join {{ ref('lnk_referral_care') }} as relation
        on placed.referral_care_hk = relation.referral_care_hk
),

hub as (
    select *
    from {{ ref('hub_referral') }}
    where referral_hk not in ({{ ghost_keys() }})
)

select
    hub.referral_hk,
    hub.referral_id,
    latest_processing.referral_arrived_date,
    latest_processing.referral_processed_date,
    latest_processing.referral_specialty_code,
    latest_processing.referral_sender_code,
    latest_processing.referral_urgency_code,
    latest_processing.referral_municipality_code,
    related_care.person_hk,
    related_care.service_unit_hk,
    coalesce(
        greatest(
            latest_processing.extract_datetime,
            related_care.extract_datetime
        ),
        hub.extract_datetime
    ) as extract_datetime
from hub
left join latest_processing
    on hub.referral_hk = latest_processing.referral_hk
left join related_care
    on hub.referral_hk = related_care.referral_hk
