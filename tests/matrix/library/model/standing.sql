select
    lending.borrower_hk as member_hk,
    count(*) as loan_count
from {{ ref('current_loan') }} as lending
group by lending.borrower_hk
