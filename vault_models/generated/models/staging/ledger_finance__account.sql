-- One row per delivery of finance.account, target and subject: what became of every staged record.
{{ config(materialized='table') }}

{{
    key_counts(
        ref('stg_finance__account'), ref('hub_account'),
        key='account_hk',
        target_key='account_hk',
        subject='account',
        repeated=ref('repeated_account__finance_account'),
        same={'account_code': 'staged.tili'}
    )
}}

union all

{{
    version_counts(
        ref('stg_finance__account'), ref('sat_account_classification__finance_account'),
        key='account_hk',
        target_key='account_hk',
        subject='account',
        version='account_classification_hashdiff',
        target_version='hashdiff',
        repeated=ref('repeated_account__finance_account')
    )
}}
