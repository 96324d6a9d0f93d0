-- One row per delivery of hr.employment, target and subject: what became of every staged record.
{{ config(materialized='table') }}

{{
    key_counts(
        ref('stg_hr__employment'), ref('hub_professional'),
        key='professional_hk',
        target_key='professional_hk',
        subject='professional',
        same={'professional_id': 'staged.rekisterinumero'}
    )
}}

union all

{{
    key_counts(
        ref('stg_hr__employment'), ref('hub_service_unit'),
        key='service_unit_hk',
        target_key='service_unit_hk',
        subject='service_unit',
        same={'unit_oid': 'staged.yksikko'}
    )
}}

union all

{{
    key_counts(
        ref('stg_hr__employment'), ref('hub_cost_centre'),
        key='cost_centre_hk',
        target_key='cost_centre_hk',
        subject='cost_centre',
        same={'cost_centre_code': 'staged.kustannuspaikka'}
    )
}}

union all

{{
    key_counts(
        ref('stg_hr__employment'), ref('hub_employment'),
        key='employment_hk',
        target_key='employment_hk',
        subject='employment',
        repeated=ref('repeated_employment__hr_employment'),
        same={'employment_id': 'staged.palvelussuhde'}
    )
}}

union all

{{
    key_counts(
        ref('stg_hr__employment'), ref('lnk_employment_assignment'),
        key='employment_assignment_hk',
        target_key='employment_assignment_hk',
        subject='employment',
        owner_key='employment_hk',
        repeated=ref('repeated_employment__hr_employment'),
        same={
            'professional_hk': 'staged.professional_hk',
            'service_unit_hk': 'staged.service_unit_hk',
            'cost_centre_hk': 'staged.cost_centre_hk',
            'employment_hk': 'staged.employment_hk'
        }
    )
}}

union all

{{
    version_counts(
        ref('stg_hr__employment'), ref('sat_employment_terms__hr_employment'),
        key='employment_hk',
        target_key='employment_hk',
        subject='employment',
        version='employment_terms_hashdiff',
        target_version='hashdiff',
        repeated=ref('repeated_employment__hr_employment')
    )
}}

union all

{{
    version_counts(
        ref('stg_hr__employment'), ref('effsat_employment_assignment__hr_employment'),
        key='employment_hk',
        target_key='employment_hk',
        subject='employment',
        version='employment_assignment_hk',
        target_version='employment_assignment_hk',
        repeated=ref('repeated_employment__hr_employment')
    )
}}
