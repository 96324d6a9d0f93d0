-- One row per delivery of social.decision, target and subject: what became of every staged record.
{{ config(materialized='table') }}

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
        repeated=ref('repeated_decision__social_decision'),
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
        repeated=ref('repeated_service_start__social_decision'),
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
        repeated=ref('repeated_decision__social_decision'),
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
        repeated=ref('repeated_service_start__social_decision'),
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
        repeated=ref('repeated_decision__social_decision')
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
        repeated=ref('repeated_service_start__social_decision')
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
        repeated=ref('repeated_decision__social_decision')
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
        repeated=ref('repeated_service_start__social_decision')
    )
}}
