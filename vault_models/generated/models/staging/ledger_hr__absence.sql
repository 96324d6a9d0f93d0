-- One row per delivery of hr.absence, target and subject: what became of every staged record.
{{ config(materialized='table') }}

{{
    key_counts(
        ref('stg_hr__absence'), ref('hub_employment'),
        key='employment_hk',
        target_key='employment_hk',
        subject='employment',
        same={'employment_id': 'staged.palvelussuhde'}
    )
}}

union all

{{
    key_counts(
        ref('stg_hr__absence'), ref('hub_absence'),
        key='absence_hk',
        target_key='absence_hk',
        subject='absence',
        repeated=ref('repeated_absence__hr_absence'),
        same={'absence_id': 'staged.poissaolo'}
    )
}}

union all

{{
    key_counts(
        ref('stg_hr__absence'), ref('lnk_absence_employment'),
        key='absence_employment_hk',
        target_key='absence_employment_hk',
        subject='absence',
        owner_key='absence_hk',
        repeated=ref('repeated_absence__hr_absence'),
        same={
            'employment_hk': 'staged.employment_hk',
            'absence_hk': 'staged.absence_hk'
        }
    )
}}

union all

{{
    version_counts(
        ref('stg_hr__absence'), ref('sat_absence_period__hr_absence'),
        key='absence_hk',
        target_key='absence_hk',
        subject='absence',
        version='absence_period_hashdiff',
        target_version='hashdiff',
        repeated=ref('repeated_absence__hr_absence')
    )
}}

union all

{{
    version_counts(
        ref('stg_hr__absence'), ref('effsat_absence_employment__hr_absence'),
        key='absence_hk',
        target_key='absence_hk',
        subject='absence',
        version='absence_employment_hk',
        target_version='absence_employment_hk',
        repeated=ref('repeated_absence__hr_absence')
    )
}}
