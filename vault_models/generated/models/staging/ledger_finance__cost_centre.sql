-- One row per delivery of finance.cost_centre, target and subject: what became of every staged record.
{{ config(materialized='table') }}

{{
    key_counts(
        ref('stg_finance__cost_centre'), ref('hub_service'),
        key='service_hk',
        target_key='service_hk',
        subject='service',
        same={'service_code': 'staged.palveluluokka'}
    )
}}

union all

{{
    key_counts(
        ref('stg_finance__cost_centre'), ref('hub_service_unit'),
        key='service_unit_hk',
        target_key='service_unit_hk',
        subject='service_unit',
        same={'unit_oid': 'staged.yksikko'}
    )
}}

union all

{{
    key_counts(
        ref('stg_finance__cost_centre'), ref('hub_cost_centre'),
        key='cost_centre_hk',
        target_key='cost_centre_hk',
        subject='cost_centre',
        repeated=ref('repeated_cost_centre__finance_cost_centre'),
        same={'cost_centre_code': 'staged.kustannuspaikka'}
    )
}}

union all

{{
    key_counts(
        ref('stg_finance__cost_centre'), ref('lnk_cost_centre_service'),
        key='cost_centre_service_hk',
        target_key='cost_centre_service_hk',
        subject='cost_centre',
        owner_key='cost_centre_hk',
        repeated=ref('repeated_cost_centre__finance_cost_centre'),
        same={
            'service_hk': 'staged.service_hk',
            'service_unit_hk': 'staged.service_unit_hk',
            'cost_centre_hk': 'staged.cost_centre_hk'
        }
    )
}}

union all

{{
    version_counts(
        ref('stg_finance__cost_centre'), ref('sat_cost_centre_details__finance_cost_centre'),
        key='cost_centre_hk',
        target_key='cost_centre_hk',
        subject='cost_centre',
        version='cost_centre_details_hashdiff',
        target_version='hashdiff',
        repeated=ref('repeated_cost_centre__finance_cost_centre')
    )
}}

union all

{{
    version_counts(
        ref('stg_finance__cost_centre'), ref('effsat_cost_centre_service__finance_cost_centre'),
        key='cost_centre_hk',
        target_key='cost_centre_hk',
        subject='cost_centre',
        version='cost_centre_service_hk',
        target_version='cost_centre_service_hk',
        repeated=ref('repeated_cost_centre__finance_cost_centre')
    )
}}
