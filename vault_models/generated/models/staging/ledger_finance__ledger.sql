-- One row per delivery of finance.ledger, target and subject: what became of every staged record.
{{ config(materialized='table') }}

{{
    key_counts(
        ref('stg_finance__ledger'), ref('hub_account'),
        key='account_hk',
        target_key='account_hk',
        subject='account',
        same={'account_code': 'staged.tili'}
    )
}}

union all

{{
    key_counts(
        ref('stg_finance__ledger'), ref('hub_cost_centre'),
        key='cost_centre_hk',
        target_key='cost_centre_hk',
        subject='cost_centre',
        same={'cost_centre_code': 'staged.kustannuspaikka'}
    )
}}

union all

{{
    version_counts(
        ref('stg_finance__ledger'), ref('nhl_ledger_entry__finance_ledger'),
        key='ledger_entry_hk',
        target_key='ledger_entry_hk',
        subject='ledger_entry',
        version='ledger_entry_entry_hashdiff',
        target_version='hashdiff',
        refused=true
    )
}}
