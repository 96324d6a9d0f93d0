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

-- What each table of who is there had told by each day; `_telling_table` tells with which table of relations it goes.
told_of_hop_lending as (
    select
        snapshot_date,
        loan_hk,
        _telling_table,
        is_listed,
        max(case when is_present then 1 else 0 end) as is_present
    from (
        select
            snapshot.snapshot_date,
            status.loan_hk,
            1 as _telling_table,
            true as is_listed,
            {{ is_there() }} as is_present
        from {{ ref('status_loan__branch_loan') }} as status
        inner join snapshot on status.extract_datetime < snapshot.next_day
        where status.record_source <> 'ghost'
        group by snapshot.snapshot_date, status.loan_hk, status.partition_value
        union all
        select
            snapshot.snapshot_date,
            status.loan_hk,
            2 as _telling_table,
            true as is_listed,
            {{ is_there() }} as is_present
        from {{ ref('status_loan__desk_loan') }} as status
        inner join snapshot on status.extract_datetime < snapshot.next_day
        where status.record_source <> 'ghost'
        group by snapshot.snapshot_date, status.loan_hk, status.partition_value
        union all
        select
            snapshot.snapshot_date,
            status.loan_hk,
            3 as _telling_table,
            true as is_listed,
            {{ is_there() }} as is_present
        from {{ ref('status_loan__kiosk_loan') }} as status
        inner join snapshot on status.extract_datetime < snapshot.next_day
        where status.record_source <> 'ghost'
        group by snapshot.snapshot_date, status.loan_hk, status.partition_value
        {% for stated in told_elsewhere(
            'loan_hk',
            versions=[
                ref('sat_loan_state__till_loan'),
                ref('sat_loan_state__web_loan')
            ],
            sets=[],
            relations=[
                ref('effsat_loan_lending__till_loan'),
                ref('effsat_loan_lending__web_loan')
            ]
        ) %}
        union all
        select
            snapshot.snapshot_date,
            stated.loan_hk,
            0 as _telling_table,
            true as is_listed,
            true as is_present
        from {{ stated }} as stated
        inner join snapshot on stated.extract_datetime < snapshot.next_day
        {% endfor %}
    ) as told
    group by snapshot_date, loan_hk, _telling_table, is_listed
),

-- An owner is there while any table says so; no row of a set is no word on that.
word_of_hop_lending as (
    select
        snapshot_date,
        loan_hk,
        max(is_present) as is_present
    from told_of_hop_lending
    where is_listed or is_present = 1
    group by snapshot_date, loan_hk
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
            versions.loan_lending_hk,
            row_number() over (
                partition by snapshot.snapshot_date, versions.loan_hk
                order by
                    versions.extract_datetime desc,
                    versions.load_datetime desc,
                    versions.record_source,
                    versions._telling_table
            ) as _place
        from
            {{
                versions_told(
                    [
                        (ref('effsat_loan_lending__branch_loan'), none),
                        (ref('effsat_loan_lending__desk_loan'), none),
                        (ref('effsat_loan_lending__kiosk_loan'), none),
                        (ref('effsat_loan_lending__till_loan'), none),
                        (ref('effsat_loan_lending__web_loan'), none)
                    ],
                    'loan_hk', 'loan_lending_hk', ['loan_lending_hk']
                )
            }} as versions
        inner join snapshot on versions.extract_datetime < snapshot.next_day
        left join told_of_hop_lending as told
            on
                versions.loan_hk = told.loan_hk
                and versions._telling_table = told._telling_table
                and snapshot.snapshot_date = told.snapshot_date
        where coalesce(told.is_present, 1) = 1
    ) as held
    inner join {{ ref('lnk_loan_lending') }} as relation on held.loan_lending_hk = relation.loan_lending_hk
    left join word_of_hop_lending as word
        on held.loan_hk = word.loan_hk and held.snapshot_date = word.snapshot_date
    where
        held._place = 1
        and coalesce(word.is_present, 1) = 1
),

-- What each table of who is there had told by each day; `_telling_table` tells with which table of relations it goes.
told_of_hop_book__keeping as (
    select
        snapshot_date,
        book_hk,
        _telling_table,
        is_listed,
        max(case when is_present then 1 else 0 end) as is_present
    from (
        select
            snapshot.snapshot_date,
            status.book_hk,
            1 as _telling_table,
            true as is_listed,
            {{ is_there() }} as is_present
        from {{ ref('status_book__branch_book') }} as status
        inner join snapshot on status.extract_datetime < snapshot.next_day
        where status.record_source <> 'ghost'
        group by snapshot.snapshot_date, status.book_hk, status.partition_value
        union all
        select
            snapshot.snapshot_date,
            status.book_hk,
            2 as _telling_table,
            true as is_listed,
            {{ is_there() }} as is_present
        from {{ ref('status_book__desk_book') }} as status
        inner join snapshot on status.extract_datetime < snapshot.next_day
        where status.record_source <> 'ghost'
        group by snapshot.snapshot_date, status.book_hk, status.partition_value
        union all
        select
            snapshot.snapshot_date,
            status.book_hk,
            3 as _telling_table,
            true as is_listed,
            {{ is_there() }} as is_present
        from {{ ref('status_book__kiosk_book') }} as status
        inner join snapshot on status.extract_datetime < snapshot.next_day
        where status.record_source <> 'ghost'
        group by snapshot.snapshot_date, status.book_hk, status.partition_value
        {% for stated in told_elsewhere(
            'book_hk',
            versions=[
                ref('sat_book_keeping__till_book'),
                ref('sat_book_keeping__web_book')
            ],
            sets=[],
            relations=[
                ref('effsat_book_keeping__till_book'),
                ref('effsat_book_part_of__till_book'),
                ref('effsat_book_keeping__web_book'),
                ref('effsat_book_part_of__web_book')
            ]
        ) %}
        union all
        select
            snapshot.snapshot_date,
            stated.book_hk,
            0 as _telling_table,
            true as is_listed,
            true as is_present
        from {{ stated }} as stated
        inner join snapshot on stated.extract_datetime < snapshot.next_day
        {% endfor %}
    ) as told
    group by snapshot_date, book_hk, _telling_table, is_listed
),

-- An owner is there while any table says so; no row of a set is no word on that.
word_of_hop_book__keeping as (
    select
        snapshot_date,
        book_hk,
        max(is_present) as is_present
    from told_of_hop_book__keeping
    where is_listed or is_present = 1
    group by snapshot_date, book_hk
),

hop_book__keeping as (
    select
        held.snapshot_date,
        relation.book_hk,
        relation.keeper_hk
    from (
        select
            snapshot.snapshot_date,
            versions.book_hk,
            versions.book_keeping_hk,
            row_number() over (
                partition by snapshot.snapshot_date, versions.book_hk
                order by
                    versions.extract_datetime desc,
                    versions.load_datetime desc,
                    versions.record_source,
                    versions._telling_table
            ) as _place
        from
            {{
                versions_told(
                    [
                        (ref('effsat_book_keeping__branch_book'), none),
                        (ref('effsat_book_keeping__desk_book'), none),
                        (ref('effsat_book_keeping__kiosk_book'), none),
                        (ref('effsat_book_keeping__till_book'), none),
                        (ref('effsat_book_keeping__web_book'), none)
                    ],
                    'book_hk', 'book_keeping_hk', ['book_keeping_hk']
                )
            }} as versions
        inner join snapshot on versions.extract_datetime < snapshot.next_day
        left join told_of_hop_book__keeping as told
            on
                versions.book_hk = told.book_hk
                and versions._telling_table = told._telling_table
                and snapshot.snapshot_date = told.snapshot_date
        where coalesce(told.is_present, 1) = 1
    ) as held
    inner join {{ ref('lnk_book_keeping') }} as relation on held.book_keeping_hk = relation.book_keeping_hk
    left join word_of_hop_book__keeping as word
        on held.book_hk = word.book_hk and held.snapshot_date = word.snapshot_date
    where
        held._place = 1
        and coalesce(word.is_present, 1) = 1
)

select distinct
    hop_lending.snapshot_date,
    hop_lending.loan_hk,
    hop_lending.borrower_hk,
    hop_lending.lender_hk,
    hop_lending.book_hk,
    hop_book__keeping.keeper_hk
from hop_lending
left join hop_book__keeping
    on
        hop_lending.book_hk = hop_book__keeping.book_hk
        and hop_lending.snapshot_date = hop_book__keeping.snapshot_date
