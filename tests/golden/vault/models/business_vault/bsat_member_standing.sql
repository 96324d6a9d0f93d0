-- One row per member: standing, computed by standing.sql of the model.
{{ config(materialized='table') }}

with

computed as (
    select
        lending.borrower_hk as member_hk,
        count(*) as loan_count
    from {{ ref('current_loan') }} as lending
    where lending.borrower_hk is not null
    group by lending.borrower_hk
)

select
    computed.member_hk,
    cast(computed.loan_count as bigint) as loan_count
from computed
