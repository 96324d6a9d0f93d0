-- One row per book and snapshot day: which version of each satellite holds on it, as known now.
{{ config(materialized='table') }}

with

snapshot as (
    select distinct
        day as snapshot_date,
        day + interval 1 day as next_day
    from {{ ref('rhub_open_day') }}
    where day is not null
),

keeping__branch_book as (
    select
        book_hk,
        extract_datetime,
        load_datetime,
        lead(extract_datetime, 1, {{ end_of_time() }}) over (
            partition by book_hk
            order by extract_datetime
        ) as next_extract_datetime
    from {{ standing(ref('sat_book_keeping__branch_book'), 'book_hk', 'hashdiff') }} as versions
),

keeping__desk_book as (
    select
        book_hk,
        extract_datetime,
        load_datetime,
        lead(extract_datetime, 1, {{ end_of_time() }}) over (
            partition by book_hk
            order by extract_datetime
        ) as next_extract_datetime
    from {{ standing(ref('sat_book_keeping__desk_book'), 'book_hk', 'hashdiff') }} as versions
),

keeping__kiosk_book as (
    select
        book_hk,
        extract_datetime,
        load_datetime,
        lead(extract_datetime, 1, {{ end_of_time() }}) over (
            partition by book_hk
            order by extract_datetime
        ) as next_extract_datetime
    from {{ standing(ref('sat_book_keeping__kiosk_book'), 'book_hk', 'hashdiff') }} as versions
),

keeping__till_book as (
    select
        book_hk,
        extract_datetime,
        load_datetime,
        lead(extract_datetime, 1, {{ end_of_time() }}) over (
            partition by book_hk
            order by extract_datetime
        ) as next_extract_datetime
    from {{ standing(ref('sat_book_keeping__till_book'), 'book_hk', 'hashdiff') }} as versions
),

keeping__web_book as (
    select
        book_hk,
        extract_datetime,
        load_datetime,
        lead(extract_datetime, 1, {{ end_of_time() }}) over (
            partition by book_hk
            order by extract_datetime
        ) as next_extract_datetime
    from {{ standing(ref('sat_book_keeping__web_book'), 'book_hk', 'hashdiff') }} as versions
),

hub as (
    select book_hk
    from {{ ref('hub_book') }}
    where book_hk not in ({{ ghost_keys() }})
)

select
    hub.book_hk,
    snapshot.snapshot_date,
    keeping__branch_book.extract_datetime as keeping__branch_book_extract_datetime,
    keeping__branch_book.load_datetime as keeping__branch_book_load_datetime,
    keeping__desk_book.extract_datetime as keeping__desk_book_extract_datetime,
    keeping__desk_book.load_datetime as keeping__desk_book_load_datetime,
    keeping__kiosk_book.extract_datetime as keeping__kiosk_book_extract_datetime,
    keeping__kiosk_book.load_datetime as keeping__kiosk_book_load_datetime,
    keeping__till_book.extract_datetime as keeping__till_book_extract_datetime,
    keeping__till_book.load_datetime as keeping__till_book_load_datetime,
    keeping__web_book.extract_datetime as keeping__web_book_extract_datetime,
    keeping__web_book.load_datetime as keeping__web_book_load_datetime
from hub
cross join snapshot
left join keeping__branch_book
    on
        hub.book_hk = keeping__branch_book.book_hk
        and keeping__branch_book.extract_datetime < snapshot.next_day
        and keeping__branch_book.next_extract_datetime >= snapshot.next_day
left join keeping__desk_book
    on
        hub.book_hk = keeping__desk_book.book_hk
        and keeping__desk_book.extract_datetime < snapshot.next_day
        and keeping__desk_book.next_extract_datetime >= snapshot.next_day
left join keeping__kiosk_book
    on
        hub.book_hk = keeping__kiosk_book.book_hk
        and keeping__kiosk_book.extract_datetime < snapshot.next_day
        and keeping__kiosk_book.next_extract_datetime >= snapshot.next_day
left join keeping__till_book
    on
        hub.book_hk = keeping__till_book.book_hk
        and keeping__till_book.extract_datetime < snapshot.next_day
        and keeping__till_book.next_extract_datetime >= snapshot.next_day
left join keeping__web_book
    on
        hub.book_hk = keeping__web_book.book_hk
        and keeping__web_book.extract_datetime < snapshot.next_day
        and keeping__web_book.next_extract_datetime >= snapshot.next_day
