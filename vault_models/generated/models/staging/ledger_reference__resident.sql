-- One row per delivery of reference.resident, target and subject: what became of every staged record.
{{ config(materialized='table') }}

{{
    key_counts(
        ref('stg_reference__resident'), ref('hub_person'),
        key='person_hk',
        target_key='person_hk',
        subject='person',
        repeated=ref('repeated_person__reference_resident'),
        same={'person_id': 'staged.hetu'}
    )
}}

union all

{{
    version_counts(
        ref('stg_reference__resident'), ref('sat_person_demography__reference_resident'),
        key='person_hk',
        target_key='person_hk',
        subject='person',
        version='person_demography_hashdiff',
        target_version='hashdiff',
        repeated=ref('repeated_person__reference_resident')
    )
}}

union all

{{
    version_counts(
        ref('stg_reference__resident'), ref('masat_person_residence__reference_resident'),
        key='person_hk',
        target_key='person_hk',
        subject='person',
        version='person_residence_hashdiff',
        target_version='hashdiff',
        child_key={'moved_in_date': 'asuu_alkaen'}
    )
}}
