select
    book_hk,
    count(*) as loan_count
from {{ ref('lnk_loan_lending') }}
group by book_hk
