-- One row per loan, article, line that belong together now, with what is known of it.
{{ config(materialized='view') }}

with

latest_pricing as (
    select *
    from
        {{
            latest_told(
                [
                    (ref('sat_loan_item_pricing__branch_item'), ref('status_loan_item__branch_item')),
                    (ref('sat_loan_item_pricing__desk_item'), ref('status_loan_item__desk_item')),
                    (ref('sat_loan_item_pricing__kiosk_item'), ref('status_loan_item__kiosk_item')),
                    (ref('sat_loan_item_pricing__till_item'), ref('status_loan_item__till_item')),
                    (ref('sat_loan_item_pricing__web_item'), ref('status_loan_item__web_item'))
                ],
                'loan_item_hk', 'hashdiff',
                ['price']
            )
        }} as latest
),

-- A source that gives the whole no longer tells of it, and neither does another one.
gone as (
    select *
    from
        {{
            gone(
                'loan_item_hk',
                statuses=[
                    ref('status_loan_item__branch_item'),
                    ref('status_loan_item__desk_item'),
                    ref('status_loan_item__kiosk_item'),
                    ref('status_loan_item__till_item'),
                    ref('status_loan_item__web_item')
                ]
            )
        }} as word
),

relation as (
    select *
    from {{ ref('lnk_loan_item') }}
    where loan_item_hk not in ({{ ghost_keys() }})
)

select
    relation.loan_item_hk,
    relation.loan_hk,
    relation.article_hk,
    relation.line,
    latest_pricing.price,
    relation.record_source
from relation
left join latest_pricing
    on relation.loan_item_hk = latest_pricing.loan_item_hk
anti join gone on relation.loan_item_hk = gone.loan_item_hk
