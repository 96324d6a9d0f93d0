-- One row per loan, borrower, lender, book, keeper that belong together on each snapshot day: lending, then book.keeping.
{{ config(materialized='table') }}

with

snapshot as (
    select distinct
        day as snapshot_date,
        day + interval 1 day as next_day
    from {{ ref('rhub_open_day') }}
    where day is not null
),

-- Gone by then from every source that tells of presence, while no other source tells of it.
gone_hop_lending as (
    select
        snapshot_date,
        loan_hk
    from (
        select
            snapshot.snapshot_date,
            loan_hk,
            {{ is_there() }} as is_present
        from {{ ref('status_loan__branch_loan') }}
        inner join snapshot on extract_datetime < snapshot.next_day
        group by snapshot.snapshot_date, loan_hk, partition_value
        union all
        select
            snapshot.snapshot_date,
            loan_hk,
            {{ is_there() }} as is_present
        from {{ ref('status_loan__desk_loan') }}
        inner join snapshot on extract_datetime < snapshot.next_day
        group by snapshot.snapshot_date, loan_hk, partition_value
        union all
        select
            snapshot.snapshot_date,
            loan_hk,
            {{ is_there() }} as is_present
        from {{ ref('status_loan__kiosk_loan') }}
        inner join snapshot on extract_datetime < snapshot.next_day
        group by snapshot.snapshot_date, loan_hk, partition_value
        union all
        select
            snapshot.snapshot_date,
            loan_hk,
            true as is_present
        from {{ ref('sat_loan_state__till_loan') }}
        inner join snapshot on extract_datetime < snapshot.next_day
        union all
        select
            snapshot.snapshot_date,
            loan_hk,
            true as is_present
        from {{ ref('sat_loan_state__web_loan') }}
        inner join snapshot on extract_datetime < snapshot.next_day
    ) as told
    group by snapshot_date, loan_hk
    having max(case when is_present then 1 else 0 end) = 0
),

hop_lending as (
    select
        held.snapshot_date,
        relation.loan_hk,
        relation.borrower_hk,
        relation.lender_hk,
        relation.book_hk
    from (
        select
            snapshot.snapshot_date,
            versions.loan_hk,
            max_by(versions.loan_lending_hk, versions.extract_datetime) as loan_lending_hk
        from (
            select
                loan_hk,
                loan_lending_hk,
                extract_datetime
            from {{ standing(ref('effsat_loan_lending__branch_loan'), 'loan_hk', 'loan_lending_hk') }} as standing
            union all
            select
                loan_hk,
                loan_lending_hk,
                extract_datetime
            from {{ standing(ref('effsat_loan_lending__desk_loan'), 'loan_hk', 'loan_lending_hk') }} as standing
            union all
            select
                loan_hk,
                loan_lending_hk,
                extract_datetime
            from {{ standing(ref('effsat_loan_lending__kiosk_loan'), 'loan_hk', 'loan_lending_hk') }} as standing
            union all
            select
                loan_hk,
                loan_lending_hk,
                extract_datetime
            from {{ standing(ref('effsat_loan_lending__till_loan'), 'loan_hk', 'loan_lending_hk') }} as standing
            union all
            select
                loan_hk,
                loan_lending_hk,
                extract_datetime
            from {{ standing(ref('effsat_loan_lending__web_loan'), 'loan_hk', 'loan_lending_hk') }} as standing
        ) as versions
        inner join snapshot on versions.extract_datetime < snapshot.next_day
        group by snapshot.snapshot_date, versions.loan_hk
    ) as held
    inner join {{ ref('lnk_loan_lending') }} as relation on held.loan_lending_hk = relation.loan_lending_hk
    where
        not exists (
            select 1
            from gone_hop_lending as gone
            where gone.snapshot_date = held.snapshot_date and gone.loan_hk = held.loan_hk
        )
),

-- Gone by then from every source that tells of presence, while no other source tells of it.
gone_hop_book_keeping as (
    select
        snapshot_date,
        book_hk
    from (
        select
            snapshot.snapshot_date,
            book_hk,
            {{ is_there() }} as is_present
        from {{ ref('status_book__branch_book') }}
        inner join snapshot on extract_datetime < snapshot.next_day
        group by snapshot.snapshot_date, book_hk, partition_value
        union all
        select
            snapshot.snapshot_date,
            book_hk,
            {{ is_there() }} as is_present
        from {{ ref('status_book__desk_book') }}
        inner join snapshot on extract_datetime < snapshot.next_day
        group by snapshot.snapshot_date, book_hk, partition_value
        union all
        select
            snapshot.snapshot_date,
            book_hk,
            {{ is_there() }} as is_present
        from {{ ref('status_book__kiosk_book') }}
        inner join snapshot on extract_datetime < snapshot.next_day
        group by snapshot.snapshot_date, book_hk, partition_value
        union all
        select
            snapshot.snapshot_date,
            book_hk,
            true as is_present
        from {{ ref('sat_book_keeping__till_book') }}
        inner join snapshot on extract_datetime < snapshot.next_day
        union all
        select
            snapshot.snapshot_date,
            book_hk,
            true as is_present
        from {{ ref('sat_book_keeping__web_book') }}
        inner join snapshot on extract_datetime < snapshot.next_day
    ) as told
    group by snapshot_date, book_hk
    having max(case when is_present then 1 else 0 end) = 0
),

hop_book_keeping as (
    select
        held.snapshot_date,
        relation.book_hk,
        relation.keeper_hk
    from (
        select
            snapshot.snapshot_date,
            versions.book_hk,
            max_by(versions.book_keeping_hk, versions.extract_datetime) as book_keeping_hk
        from (
            select
                book_hk,
                book_keeping_hk,
                extract_datetime
            from {{ standing(ref('effsat_book_keeping__branch_book'), 'book_hk', 'book_keeping_hk') }} as standing
            union all
            select
                book_hk,
                book_keeping_hk,
                extract_datetime
            from {{ standing(ref('effsat_book_keeping__desk_book'), 'book_hk', 'book_keeping_hk') }} as standing
            union all
            select
                book_hk,
                book_keeping_hk,
                extract_datetime
            from {{ standing(ref('effsat_book_keeping__kiosk_book'), 'book_hk', 'book_keeping_hk') }} as standing
            union all
            select
                book_hk,
                book_keeping_hk,
                extract_datetime
            from {{ standing(ref('effsat_book_keeping__till_book'), 'book_hk', 'book_keeping_hk') }} as standing
            union all
            select
                book_hk,
                book_keeping_hk,
                extract_datetime
            from {{ standing(ref('effsat_book_keeping__web_book'), 'book_hk', 'book_keeping_hk') }} as standing
        ) as versions
        inner join snapshot on versions.extract_datetime < snapshot.next_day
        group by snapshot.snapshot_date, versions.book_hk
    ) as held
    inner join {{ ref('lnk_book_keeping') }} as relation on held.book_keeping_hk = relation.book_keeping_hk
    where
        not exists (
            select 1
            from gone_hop_book_keeping as gone
            where gone.snapshot_date = held.snapshot_date and gone.book_hk = held.book_hk
        )
)

select distinct
    hop_lending.snapshot_date,
    hop_lending.loan_hk,
    hop_lending.borrower_hk,
    hop_lending.lender_hk,
    hop_lending.book_hk,
    hop_book_keeping.keeper_hk
from hop_lending
left join hop_book_keeping
    on
        hop_lending.book_hk = hop_book_keeping.book_hk
        and hop_lending.snapshot_date = hop_book_keeping.snapshot_date
