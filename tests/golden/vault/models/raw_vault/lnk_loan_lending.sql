-- One row per loan, borrower, lender, book that were ever told together. Insert only.
{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false) }}

with

told as (
    select
        loan_lending_hk,
        loan_hk,
        borrower_hk,
        lender_hk,
        book_hk,
        delivery_number
    from {{ ref('stg_branch__loan') }}
    where
        loan_hk not in ({{ ghost_keys() }})

    union all

    select
        loan_lending_hk,
        loan_hk,
        borrower_hk,
        lender_hk,
        book_hk,
        delivery_number
    from {{ ref('stg_desk__loan') }}
    where
        loan_hk not in ({{ ghost_keys() }})

    union all

    select
        loan_lending_hk,
        loan_hk,
        borrower_hk,
        lender_hk,
        book_hk,
        delivery_number
    from {{ ref('stg_kiosk__loan') }}
    where
        loan_hk not in ({{ ghost_keys() }})
        and not is_deleted

    union all

    select
        loan_lending_hk,
        loan_hk,
        borrower_hk,
        lender_hk,
        book_hk,
        delivery_number
    from {{ ref('stg_till__loan') }}
    where
        loan_hk not in ({{ ghost_keys() }})

    union all

    select
        loan_lending_hk,
        loan_hk,
        borrower_hk,
        lender_hk,
        book_hk,
        delivery_number
    from {{ ref('stg_web__loan') }}
    where
        loan_hk not in ({{ ghost_keys() }})
),

first_told as (
    select
        loan_lending_hk,
        any_value(loan_hk) as loan_hk,
        any_value(borrower_hk) as borrower_hk,
        any_value(lender_hk) as lender_hk,
        any_value(book_hk) as book_hk,
        min(delivery_number) as delivery_number
    from told
    {{ not_loaded('told', ['loan_lending_hk']) }}
    group by loan_lending_hk
)

select
    first_told.loan_lending_hk,
    first_told.loan_hk,
    first_told.borrower_hk,
    first_told.lender_hk,
    first_told.book_hk,
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
        ['loan_lending_hk', 'loan_hk', 'borrower_hk', 'lender_hk', 'book_hk'],
        {}
    )
}}
{% endif %}
