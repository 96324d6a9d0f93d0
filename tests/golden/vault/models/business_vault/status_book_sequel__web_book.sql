-- One row per book and sequel since web.book told of it, and an earlier one where that came late: nothing that
-- it delivers ends it.
{{ config(materialized='view') }}

select
    book_sequel_hk,
    '' as partition_value,
    true as is_present,
    extract_datetime,
    load_datetime,
    record_source,
    delivery_id
from {{ ref('lnk_book_sequel') }}
where record_source = 'web.book'
union all
select
    book_sequel_hk,
    '' as partition_value,
    true as is_present,
    extract_datetime,
    load_datetime,
    record_source,
    delivery_id
from {{ ref('telling_book_sequel__web_book') }}
where record_source = 'web.book'
