-- One row per delivery of patient.queue, target and subject: what became of every staged record.
{{ config(materialized='table') }}

{{
    key_counts(
        ref('stg_patient__queue'), ref('hub_person'),
        key='person_hk',
        target_key='person_hk',
        subject='person',
        same={'person_id': 'staged.tnro'}
    )
}}

union all

{{
    key_counts(
        ref('stg_patient__queue'), ref('hub_service_unit'),
        key='service_unit_hk',
        target_key='service_unit_hk',
        subject='service_unit',
        same={'unit_oid': 'staged.palveluntuottaja_yksikko'}
    )
}}

union all

{{
    key_counts(
        ref('stg_patient__queue'), ref('hub_referral'),
        key='referral_hk',
        target_key='referral_hk',
        subject='referral',
        same={'referral_id': 'staged.lahete_id'}
    )
}}

union all

{{
    key_counts(
        ref('stg_patient__queue'), ref('hub_queue_entry'),
        key='queue_entry_hk',
        target_key='queue_entry_hk',
        subject='queue_entry',
        repeated=ref('repeated_queue_entry__patient_queue'),
        same={'queue_entry_id': 'staged.jono_id'}
    )
}}

union all

{{
    key_counts(
        ref('stg_patient__queue'), ref('lnk_queue_entry_care'),
        key='queue_entry_care_hk',
        target_key='queue_entry_care_hk',
        subject='queue_entry',
        owner_key='queue_entry_hk',
        repeated=ref('repeated_queue_entry__patient_queue'),
        same={
            'person_hk': 'staged.person_hk',
            'service_unit_hk': 'staged.service_unit_hk',
            'referral_hk': 'staged.referral_hk',
            'queue_entry_hk': 'staged.queue_entry_hk'
        }
    )
}}

union all

{{
    version_counts(
        ref('stg_patient__queue'), ref('sat_queue_entry_progress__patient_queue'),
        key='queue_entry_hk',
        target_key='queue_entry_hk',
        subject='queue_entry',
        version='queue_entry_progress_hashdiff',
        target_version='hashdiff',
        repeated=ref('repeated_queue_entry__patient_queue')
    )
}}

union all

{{
    version_counts(
        ref('stg_patient__queue'), ref('effsat_queue_entry_care__patient_queue'),
        key='queue_entry_hk',
        target_key='queue_entry_hk',
        subject='queue_entry',
        version='queue_entry_care_hk',
        target_version='queue_entry_care_hk',
        repeated=ref('repeated_queue_entry__patient_queue')
    )
}}
