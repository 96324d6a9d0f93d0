-- One row per delivery of patient.referral, target and subject: what became of every staged record.
{{ config(materialized='table') }}

with

-- Keys that records name more than once: only what they name can be repeated or contradicted.
repeated_referral_hk as (
    select referral_hk
    from {{ ref('stg_patient__referral') }}
    group by referral_hk
    having count(*) > 1
)

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
        repeated=true,
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
        repeated=true,
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
        repeated=true
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
        repeated=true
    )
}}
