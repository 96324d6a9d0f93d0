-- One row per delivery of patient.referral, target and subject: what became of every staged record.
{{ config(materialized='table') }}

{{
    key_counts(
        ref('stg_patient__referral'), ref('hub_person'),
        key='person_hk',
        target_key='person_hk',
        subject='person',
        same={'person_id': 'staged.tnro'}
    )
}}

union all

{{
    key_counts(
        ref('stg_patient__referral'), ref('hub_service_unit'),
        key='service_unit_hk',
        target_key='service_unit_hk',
        subject='service_unit',
        same={'unit_oid': 'staged.palveluntuottaja_yksikko'}
    )
}}

union all

{{
    key_counts(
        ref('stg_patient__referral'), ref('hub_referral'),
        key='referral_hk',
        target_key='referral_hk',
        subject='referral',
        repeated=ref('repeated_referral__patient_referral'),
        same={'referral_id': 'staged.lahete_id'}
    )
}}

union all

{{
    key_counts(
        ref('stg_patient__referral'), ref('lnk_referral_care'),
        key='referral_care_hk',
        target_key='referral_care_hk',
        subject='referral',
        owner_key='referral_hk',
        repeated=ref('repeated_referral__patient_referral'),
        same={
            'person_hk': 'staged.person_hk',
            'service_unit_hk': 'staged.service_unit_hk',
            'referral_hk': 'staged.referral_hk'
        }
    )
}}

union all

{{
    version_counts(
        ref('stg_patient__referral'), ref('sat_referral_processing__patient_referral'),
        key='referral_hk',
        target_key='referral_hk',
        subject='referral',
        version='referral_processing_hashdiff',
        target_version='hashdiff',
        repeated=ref('repeated_referral__patient_referral')
    )
}}

union all

{{
    version_counts(
        ref('stg_patient__referral'), ref('effsat_referral_care__patient_referral'),
        key='referral_hk',
        target_key='referral_hk',
        subject='referral',
        version='referral_care_hk',
        target_version='referral_care_hk',
        repeated=ref('repeated_referral__patient_referral')
    )
}}
