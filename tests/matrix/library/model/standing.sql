select
    lending.borrower_hk as member_hk,
    count(*) as loan_count
from {{ ref('current_loan') }} as lending
where lending.borrower_hk is not null
group by lending.borrower_hk
