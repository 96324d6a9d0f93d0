-- One row per loan, borrower, lender, book, keeper that belong together: lending, then book.keeping.
{{ config(materialized='table') }}

with

hop_lending as (
    select
        loan_hk,
        borrower_hk,
        lender_hk,
        book_hk
    from {{ ref('lnk_loan_lending') }}
    where loan_hk not in ({{ ghost_keys() }})
),

hop_book__keeping as (
    select
        book_hk,
        keeper_hk
    from {{ ref('lnk_book_keeping') }}
    where book_hk not in ({{ ghost_keys() }})
)

select distinct
    hop_lending.loan_hk,
    hop_lending.borrower_hk,
    hop_lending.lender_hk,
    hop_lending.book_hk,
    hop_book__keeping.keeper_hk
from hop_lending
left join hop_book__keeping
    on
        hop_lending.book_hk = hop_book__keeping.book_hk
