-- One row per delivery of finance.account, target and subject: what became of every staged record.
{{ config(materialized='table') }}

with

-- Keys that records name more than once: only what they name can be repeated or contradicted.
repeated_account_hk as (
    select account_hk
    from {{ ref('stg_finance__account') }}
    group by account_hk
    having count(*) > 1
)

{{
    key_counts(
        ref('stg_finance__account'), ref('hub_account'),
        key='account_hk',
        target_key='account_hk',
        subject='account',
        repeated=true,
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
        repeated=true
    )
}}
