-- One row per delivery of social.matter, target and subject: what became of every staged record.
{{ config(materialized='table') }}

{{
    key_counts(
        ref('stg_social__matter'), ref('hub_person'),
        key='person_hk',
        target_key='person_hk',
        subject='person',
        same={'person_id': 'staged.tnro'}
    )
}}

union all

{{
    key_counts(
        ref('stg_social__matter'), ref('hub_service_unit'),
        key='service_unit_hk',
        target_key='service_unit_hk',
        subject='service_unit',
        same={'unit_oid': 'staged.palveluyksikko'}
    )
}}

union all

{{
    key_counts(
        ref('stg_social__matter'), ref('hub_matter'),
        key='matter_hk',
        target_key='matter_hk',
        subject='matter',
        repeated=ref('repeated_matter__social_matter'),
        same={'matter_id': 'staged.asia_id'}
    )
}}

union all

{{
    key_counts(
        ref('stg_social__matter'), ref('hub_service_need_assessment'),
        key='service_need_assessment_hk',
        target_key='service_need_assessment_hk',
        subject='service_need_assessment',
        repeated=ref('repeated_service_need_assessment__social_matter'),
        same={'service_need_assessment_id': 'staged.pta_id'}
    )
}}

union all

{{
    key_counts(
        ref('stg_social__matter'), ref('lnk_matter_care'),
        key='matter_care_hk',
        target_key='matter_care_hk',
        subject='matter',
        owner_key='matter_hk',
        repeated=ref('repeated_matter__social_matter'),
        same={
            'person_hk': 'staged.person_hk',
            'service_unit_hk': 'staged.service_unit_hk',
            'matter_hk': 'staged.matter_hk'
        }
    )
}}

union all

{{
    key_counts(
        ref('stg_social__matter'), ref('lnk_service_need_assessment_matter'),
        key='service_need_assessment_matter_hk',
        target_key='service_need_assessment_matter_hk',
        subject='service_need_assessment',
        owner_key='service_need_assessment_hk',
        repeated=ref('repeated_service_need_assessment__social_matter'),
        same={
            'matter_hk': 'staged.matter_hk',
            'person_hk': 'staged.person_hk',
            'service_need_assessment_hk': 'staged.service_need_assessment_hk'
        }
    )
}}

union all

{{
    version_counts(
        ref('stg_social__matter'), ref('sat_matter_progress__social_matter'),
        key='matter_hk',
        target_key='matter_hk',
        subject='matter',
        version='matter_progress_hashdiff',
        target_version='hashdiff',
        repeated=ref('repeated_matter__social_matter')
    )
}}

union all

{{
    version_counts(
        ref('stg_social__matter'), ref('sat_service_need_assessment_progress__social_matter'),
        key='service_need_assessment_hk',
        target_key='service_need_assessment_hk',
        subject='service_need_assessment',
        version='service_need_assessment_progress_hashdiff',
        target_version='hashdiff',
        repeated=ref('repeated_service_need_assessment__social_matter')
    )
}}

union all

{{
    version_counts(
        ref('stg_social__matter'), ref('effsat_matter_care__social_matter'),
        key='matter_hk',
        target_key='matter_hk',
        subject='matter',
        version='matter_care_hk',
        target_version='matter_care_hk',
        repeated=ref('repeated_matter__social_matter')
    )
}}

union all

{{
    version_counts(
        ref('stg_social__matter'), ref('effsat_service_need_assessment_matter__social_matter'),
        key='service_need_assessment_hk',
        target_key='service_need_assessment_hk',
        subject='service_need_assessment',
        version='service_need_assessment_matter_hk',
        target_version='service_need_assessment_matter_hk',
        repeated=ref('repeated_service_need_assessment__social_matter')
    )
}}
