-- One row per delivery of social.decision, target and subject: what became of every staged record.
{{ config(materialized='table') }}

with

-- Keys that records name more than once: only what they name can be repeated or contradicted.
repeated_decision_hk as (
    select decision_hk
    from {{ ref('stg_social__decision') }}
    group by decision_hk
    having count(*) > 1
),

repeated_service_start_hk as (
    select service_start_hk
    from {{ ref('stg_social__decision') }}
    group by service_start_hk
    having count(*) > 1
)

{{
    key_counts(
        ref('stg_social__decision'), ref('hub_person'),
        key='person_hk',
        target_key='person_hk',
        subject='person',
        same={'person_id': 'staged.tnro'}
    )
}}

union all

{{
    key_counts(
        ref('stg_social__decision'), ref('hub_matter'),
        key='matter_hk',
        target_key='matter_hk',
        subject='matter',
        same={'matter_id': 'staged.asia_id'}
    )
}}

union all

{{
    key_counts(
        ref('stg_social__decision'), ref('hub_service'),
        key='service_hk',
        target_key='service_hk',
        subject='service',
        same={'service_code': 'staged.palveluluokka'}
    )
}}

union all

{{
    key_counts(
        ref('stg_social__decision'), ref('hub_service_unit'),
        key='service_unit_hk',
        target_key='service_unit_hk',
        subject='service_unit',
        same={'unit_oid': 'staged.toteuttaja_yksikko'}
    )
}}

union all

{{
    key_counts(
        ref('stg_social__decision'), ref('hub_decision'),
        key='decision_hk',
        target_key='decision_hk',
        subject='decision',
        repeated=true,
        same={'decision_id': 'staged.paatos_id'}
    )
}}

union all

{{
    key_counts(
        ref('stg_social__decision'), ref('hub_service_start'),
        key='service_start_hk',
        target_key='service_start_hk',
        subject='service_start',
        repeated=true,
        same={'service_start_id': 'staged.paatos_id'}
    )
}}

union all

{{
    key_counts(
        ref('stg_social__decision'), ref('lnk_decision_matter'),
        key='decision_matter_hk',
        target_key='decision_matter_hk',
        subject='decision',
        owner_key='decision_hk',
        repeated=true,
        same={
            'matter_hk': 'staged.matter_hk',
            'person_hk': 'staged.person_hk',
            'service_hk': 'staged.service_hk',
            'decision_hk': 'staged.decision_hk'
        }
    )
}}

union all

{{
    key_counts(
        ref('stg_social__decision'), ref('lnk_service_start_decision'),
        key='service_start_decision_hk',
        target_key='service_start_decision_hk',
        subject='service_start',
        owner_key='service_start_hk',
        repeated=true,
        same={
            'decision_hk': 'staged.decision_hk',
            'service_hk': 'staged.service_hk',
            'service_unit_hk': 'staged.service_unit_hk',
            'service_start_hk': 'staged.service_start_hk'
        }
    )
}}

union all

{{
    version_counts(
        ref('stg_social__decision'), ref('sat_decision_ruling__social_decision'),
        key='decision_hk',
        target_key='decision_hk',
        subject='decision',
        version='decision_ruling_hashdiff',
        target_version='hashdiff',
        repeated=true
    )
}}

union all

{{
    version_counts(
        ref('stg_social__decision'), ref('sat_service_start_period__social_decision'),
        key='service_start_hk',
        target_key='service_start_hk',
        subject='service_start',
        version='service_start_period_hashdiff',
        target_version='hashdiff',
        repeated=true
    )
}}

union all

{{
    version_counts(
        ref('stg_social__decision'), ref('effsat_decision_matter__social_decision'),
        key='decision_hk',
        target_key='decision_hk',
        subject='decision',
        version='decision_matter_hk',
        target_version='decision_matter_hk',
        repeated=true
    )
}}

union all

{{
    version_counts(
        ref('stg_social__decision'), ref('effsat_service_start_decision__social_decision'),
        key='service_start_hk',
        target_key='service_start_hk',
        subject='service_start',
        version='service_start_decision_hk',
        target_version='service_start_decision_hk',
        repeated=true
    )
}}
