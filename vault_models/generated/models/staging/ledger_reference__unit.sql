-- One row per delivery of reference.unit, target and subject: what became of every staged record.
{{ config(materialized='table') }}

{{
    key_counts(
        ref('stg_reference__unit'), ref('hub_organiser'),
        key='organiser_hk',
        target_key='organiser_hk',
        subject='organiser',
        same={'organiser_code': 'staged.jarjestaja'}
    )
}}

union all

{{
    key_counts(
        ref('stg_reference__unit'), ref('hub_producer'),
        key='producer_hk',
        target_key='producer_hk',
        subject='producer',
        repeated=ref('repeated_producer__reference_unit'),
        same={'producer_business_id': 'staged.tuottaja_ytunnus'}
    )
}}

union all

{{
    key_counts(
        ref('stg_reference__unit'), ref('hub_service_unit'),
        key='service_unit_hk',
        target_key='service_unit_hk',
        subject='service_unit',
        repeated=ref('repeated_service_unit__reference_unit'),
        same={'unit_oid': 'staged.yksikko_oid'}
    )
}}

union all

{{
    key_counts(
        ref('stg_reference__unit'), ref('lnk_service_unit_organisation'),
        key='service_unit_organisation_hk',
        target_key='service_unit_organisation_hk',
        subject='service_unit',
        owner_key='service_unit_hk',
        repeated=ref('repeated_service_unit__reference_unit'),
        same={
            'organiser_hk': 'staged.organiser_hk',
            'producer_hk': 'staged.producer_hk',
            'service_unit_hk': 'staged.service_unit_hk'
        }
    )
}}

union all

{{
    version_counts(
        ref('stg_reference__unit'), ref('sat_producer_identity__reference_unit'),
        key='producer_hk',
        target_key='producer_hk',
        subject='producer',
        version='producer_identity_hashdiff',
        target_version='hashdiff',
        repeated=ref('repeated_producer__reference_unit')
    )
}}

union all

{{
    version_counts(
        ref('stg_reference__unit'), ref('sat_service_unit_details__reference_unit'),
        key='service_unit_hk',
        target_key='service_unit_hk',
        subject='service_unit',
        version='service_unit_details_hashdiff',
        target_version='hashdiff',
        repeated=ref('repeated_service_unit__reference_unit')
    )
}}

union all

{{
    version_counts(
        ref('stg_reference__unit'), ref('effsat_service_unit_organisation__reference_unit'),
        key='service_unit_hk',
        target_key='service_unit_hk',
        subject='service_unit',
        version='service_unit_organisation_hk',
        target_version='service_unit_organisation_hk',
        repeated=ref('repeated_service_unit__reference_unit')
    )
}}
