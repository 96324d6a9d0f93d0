-- One row per member and phone: the latest set of phones.
{{ config(materialized='view') }}

with

told as (
    select
        standing.member_hk,
        standing.phone,
        standing.phone_kind,
        standing.extract_datetime,
        standing.load_datetime,
        standing.record_source,
        1 as _telling_table
    from {{ first_sets_of_run(ref('masat_member_phones__branch_phone'), 'member_hk') }} as standing
    anti join {{ gone('member_hk', [ref('status_member__branch_phone')]) }} as gone
        on standing.member_hk = gone.member_hk
    union all
    select
        standing.member_hk,
        standing.phone,
        standing.phone_kind,
        standing.extract_datetime,
        standing.load_datetime,
        standing.record_source,
        2 as _telling_table
    from {{ first_sets_of_run(ref('masat_member_phones__desk_phone'), 'member_hk') }} as standing
    anti join {{ gone('member_hk', [ref('status_member__desk_phone')]) }} as gone
        on standing.member_hk = gone.member_hk
    union all
    select
        standing.member_hk,
        standing.phone,
        standing.phone_kind,
        standing.extract_datetime,
        standing.load_datetime,
        standing.record_source,
        3 as _telling_table
    from {{ first_sets_of_run(ref('masat_member_phones__kiosk_phone'), 'member_hk') }} as standing
    anti join {{ gone('member_hk', [ref('status_member__kiosk_phone')]) }} as gone
        on standing.member_hk = gone.member_hk
    union all
    select
        standing.member_hk,
        standing.phone,
        standing.phone_kind,
        standing.extract_datetime,
        standing.load_datetime,
        standing.record_source,
        4 as _telling_table
    from {{ first_sets_of_run(ref('masat_member_phones__till_phone'), 'member_hk') }} as standing
    union all
    select
        standing.member_hk,
        standing.phone,
        standing.phone_kind,
        standing.extract_datetime,
        standing.load_datetime,
        standing.record_source,
        5 as _telling_table
    from {{ first_sets_of_run(ref('masat_member_phones__web_phone'), 'member_hk') }} as standing
),

placed as (
    select
        told.*,
        dense_rank() over (
            partition by member_hk
            order by extract_datetime desc, load_datetime desc, record_source, _telling_table
        ) as _place
    from told
)

select
    member_hk,
    phone,
    phone_kind,
    extract_datetime
from placed
where _place = 1
