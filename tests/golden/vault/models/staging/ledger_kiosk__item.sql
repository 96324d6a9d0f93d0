-- One row per delivery of kiosk.item, target and subject: what became of every staged record.
{{ config(materialized='table') }}

{{
    key_counts(
        ref('stg_kiosk__item'), ref('hub_loan'),
        key='loan_hk',
        target_key='loan_hk',
        subject='loan',
        same={'loan_number': 'staged.loan'}
    )
}}

union all

{{
    key_counts(
        ref('stg_kiosk__item'), ref('hub_book'),
        key='article_hk',
        target_key='book_hk',
        subject='article',
        same={
            'shelf': 'staged.shelf',
            'slot': 'staged.slot'
        }
    )
}}

union all

{{
    key_counts(
        ref('stg_kiosk__item'), ref('lnk_loan_item'),
        key='loan_item_hk',
        target_key='loan_item_hk',
        subject='loan',
        owner_key='loan_hk',
        flag='is_deleted',
        same={
            'article_hk': 'staged.article_hk',
            'loan_hk': 'staged.loan_hk'
        }
    )
}}

union all

{{
    version_counts(
        ref('stg_kiosk__item'), ref('sat_loan_item_pricing__kiosk_item'),
        key='loan_item_hk',
        target_key='loan_item_hk',
        subject='loan',
        version='loan_item_pricing_hashdiff',
        target_version='hashdiff',
        owner_key='loan_hk',
        flag='is_deleted'
    )
}}
