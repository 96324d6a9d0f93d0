-- One row per loan, article that were ever told together. Insert only.
{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false) }}

with

told as (
    select
        loan_item_hk,
        loan_hk,
        article_hk,
        line,
        delivery_number
    from {{ ref('stg_branch__item') }}
    where
        loan_hk not in ({{ ghost_keys() }})

    union all

    select
        loan_item_hk,
        loan_hk,
        article_hk,
        line,
        delivery_number
    from {{ ref('stg_desk__item') }}
    where
        loan_hk not in ({{ ghost_keys() }})

    union all

    select
        loan_item_hk,
        loan_hk,
        article_hk,
        line,
        delivery_number
    from {{ ref('stg_kiosk__item') }}
    where
        loan_hk not in ({{ ghost_keys() }})
        and not is_deleted

    union all

    select
        loan_item_hk,
        loan_hk,
        article_hk,
        line,
        delivery_number
    from {{ ref('stg_till__item') }}
    where
        loan_hk not in ({{ ghost_keys() }})

    union all

    select
        loan_item_hk,
        loan_hk,
        article_hk,
        line,
        delivery_number
    from {{ ref('stg_web__item') }}
    where
        loan_hk not in ({{ ghost_keys() }})
),

first_told as (
    select
        loan_item_hk,
        any_value(loan_hk) as loan_hk,
        any_value(article_hk) as article_hk,
        any_value(line) as line,
        min(delivery_number) as delivery_number
    from told
    {{ not_loaded('told', ['loan_item_hk']) }}
    group by loan_item_hk
)

select
    first_told.loan_item_hk,
    first_told.loan_hk,
    first_told.article_hk,
    first_told.line,
    pending.extract_datetime,
    pending.load_datetime,
    pending.record_source,
    pending.delivery_id
from first_told
inner join {{ ref('pending_delivery') }} as pending on first_told.delivery_number = pending.delivery_number
{% if not is_incremental() %}
union all
{{
    ghost_rows(
        ['loan_item_hk', 'loan_hk', 'article_hk'],
        {'line': 'bigint'}
    )
}}
{% endif %}
