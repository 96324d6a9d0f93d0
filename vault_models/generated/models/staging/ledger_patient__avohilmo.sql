-- One row per delivery of patient.avohilmo, target and subject: what became of every staged record.
{{ config(materialized='table') }}

{{
    key_counts(
        ref('stg_patient__avohilmo'), ref('hub_person'),
        key='person_hk',
        target_key='person_hk',
        subject='person',
        same={'person_id': 'staged.tnro'}
    )
}}

union all

{{
    key_counts(
        ref('stg_patient__avohilmo'), ref('hub_service_unit'),
        key='service_unit_hk',
        target_key='service_unit_hk',
        subject='service_unit',
        same={'unit_oid': 'staged.palveluntuottaja_yksikko'}
    )
}}

union all

{{
    key_counts(
        ref('stg_patient__avohilmo'), ref('hub_professional'),
        key='professional_hk',
        target_key='professional_hk',
        subject='professional',
        same={'professional_id': 'staged.kaynti_toteuttaja'}
    )
}}

union all

{{
    key_counts(
        ref('stg_patient__avohilmo'), ref('hub_contact'),
        key='contact_hk',
        target_key='contact_hk',
        subject='contact',
        repeated=ref('repeated_contact__patient_avohilmo'),
        same={'contact_id': 'staged.avohilmo_id'}
    )
}}

union all

{{
    key_counts(
        ref('stg_patient__avohilmo'), ref('hub_need_assessment'),
        key='need_assessment_hk',
        target_key='need_assessment_hk',
        subject='need_assessment',
        repeated=ref('repeated_need_assessment__patient_avohilmo'),
        same={'need_assessment_id': 'staged.avohilmo_id'}
    )
}}

union all

{{
    key_counts(
        ref('stg_patient__avohilmo'), ref('hub_booking'),
        key='booking_hk',
        target_key='booking_hk',
        subject='booking',
        repeated=ref('repeated_booking__patient_avohilmo'),
        same={'booking_id': 'staged.avohilmo_id'}
    )
}}

union all

{{
    key_counts(
        ref('stg_patient__avohilmo'), ref('hub_visit'),
        key='visit_hk',
        target_key='visit_hk',
        subject='visit',
        repeated=ref('repeated_visit__patient_avohilmo'),
        same={'visit_id': 'staged.avohilmo_id'}
    )
}}

union all

{{
    key_counts(
        ref('stg_patient__avohilmo'), ref('lnk_contact_care'),
        key='contact_care_hk',
        target_key='contact_care_hk',
        subject='contact',
        owner_key='contact_hk',
        repeated=ref('repeated_contact__patient_avohilmo'),
        same={
            'person_hk': 'staged.person_hk',
            'service_unit_hk': 'staged.service_unit_hk',
            'contact_hk': 'staged.contact_hk'
        }
    )
}}

union all

{{
    key_counts(
        ref('stg_patient__avohilmo'), ref('lnk_need_assessment_care'),
        key='need_assessment_care_hk',
        target_key='need_assessment_care_hk',
        subject='need_assessment',
        owner_key='need_assessment_hk',
        repeated=ref('repeated_need_assessment__patient_avohilmo'),
        same={
            'person_hk': 'staged.person_hk',
            'service_unit_hk': 'staged.service_unit_hk',
            'contact_hk': 'staged.contact_hk',
            'need_assessment_hk': 'staged.need_assessment_hk'
        }
    )
}}

union all

{{
    key_counts(
        ref('stg_patient__avohilmo'), ref('lnk_booking_care'),
        key='booking_care_hk',
        target_key='booking_care_hk',
        subject='booking',
        owner_key='booking_hk',
        repeated=ref('repeated_booking__patient_avohilmo'),
        same={
            'person_hk': 'staged.person_hk',
            'service_unit_hk': 'staged.service_unit_hk',
            'booking_hk': 'staged.booking_hk'
        }
    )
}}

union all

{{
    key_counts(
        ref('stg_patient__avohilmo'), ref('lnk_visit_care'),
        key='visit_care_hk',
        target_key='visit_care_hk',
        subject='visit',
        owner_key='visit_hk',
        repeated=ref('repeated_visit__patient_avohilmo'),
        same={
            'person_hk': 'staged.person_hk',
            'service_unit_hk': 'staged.service_unit_hk',
            'professional_hk': 'staged.professional_hk',
            'visit_hk': 'staged.visit_hk'
        }
    )
}}

union all

{{
    key_counts(
        ref('stg_patient__avohilmo'), ref('lnk_visit_process'),
        key='visit_process_hk',
        target_key='visit_process_hk',
        subject='visit',
        owner_key='visit_hk',
        repeated=ref('repeated_visit__patient_avohilmo'),
        same={
            'contact_hk': 'staged.contact_hk',
            'need_assessment_hk': 'staged.need_assessment_hk',
            'booking_hk': 'staged.booking_hk',
            'visit_hk': 'staged.visit_hk'
        }
    )
}}

union all

{{
    version_counts(
        ref('stg_patient__avohilmo'), ref('sat_contact_timing__patient_avohilmo'),
        key='contact_hk',
        target_key='contact_hk',
        subject='contact',
        version='contact_timing_hashdiff',
        target_version='hashdiff',
        repeated=ref('repeated_contact__patient_avohilmo')
    )
}}

union all

{{
    version_counts(
        ref('stg_patient__avohilmo'), ref('sat_need_assessment_assessment__patient_avohilmo'),
        key='need_assessment_hk',
        target_key='need_assessment_hk',
        subject='need_assessment',
        version='need_assessment_assessment_hashdiff',
        target_version='hashdiff',
        repeated=ref('repeated_need_assessment__patient_avohilmo')
    )
}}

union all

{{
    version_counts(
        ref('stg_patient__avohilmo'), ref('sat_booking_timing__patient_avohilmo'),
        key='booking_hk',
        target_key='booking_hk',
        subject='booking',
        version='booking_timing_hashdiff',
        target_version='hashdiff',
        repeated=ref('repeated_booking__patient_avohilmo')
    )
}}

union all

{{
    version_counts(
        ref('stg_patient__avohilmo'), ref('sat_visit_timing__patient_avohilmo'),
        key='visit_hk',
        target_key='visit_hk',
        subject='visit',
        version='visit_timing_hashdiff',
        target_version='hashdiff',
        repeated=ref('repeated_visit__patient_avohilmo')
    )
}}

union all

{{
    version_counts(
        ref('stg_patient__avohilmo'), ref('sat_visit_content__patient_avohilmo'),
        key='visit_hk',
        target_key='visit_hk',
        subject='visit',
        version='visit_content_hashdiff',
        target_version='hashdiff',
        repeated=ref('repeated_visit__patient_avohilmo')
    )
}}

union all

{{
    version_counts(
        ref('stg_patient__avohilmo'), ref('effsat_contact_care__patient_avohilmo'),
        key='contact_hk',
        target_key='contact_hk',
        subject='contact',
        version='contact_care_hk',
        target_version='contact_care_hk',
        repeated=ref('repeated_contact__patient_avohilmo')
    )
}}

union all

{{
    version_counts(
        ref('stg_patient__avohilmo'), ref('effsat_need_assessment_care__patient_avohilmo'),
        key='need_assessment_hk',
        target_key='need_assessment_hk',
        subject='need_assessment',
        version='need_assessment_care_hk',
        target_version='need_assessment_care_hk',
        repeated=ref('repeated_need_assessment__patient_avohilmo')
    )
}}

union all

{{
    version_counts(
        ref('stg_patient__avohilmo'), ref('effsat_booking_care__patient_avohilmo'),
        key='booking_hk',
        target_key='booking_hk',
        subject='booking',
        version='booking_care_hk',
        target_version='booking_care_hk',
        repeated=ref('repeated_booking__patient_avohilmo')
    )
}}

union all

{{
    version_counts(
        ref('stg_patient__avohilmo'), ref('effsat_visit_care__patient_avohilmo'),
        key='visit_hk',
        target_key='visit_hk',
        subject='visit',
        version='visit_care_hk',
        target_version='visit_care_hk',
        repeated=ref('repeated_visit__patient_avohilmo')
    )
}}

union all

{{
    version_counts(
        ref('stg_patient__avohilmo'), ref('effsat_visit_process__patient_avohilmo'),
        key='visit_hk',
        target_key='visit_hk',
        subject='visit',
        version='visit_process_hk',
        target_version='visit_process_hk',
        repeated=ref('repeated_visit__patient_avohilmo')
    )
}}
