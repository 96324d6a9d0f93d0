-- One row per member and phone: the latest set of phones.
{{ config(materialized='view') }}

with

told as (
    select
        member_hk,
        phone,
        phone_kind,
        extract_datetime,
        load_datetime,
        record_source
    from {{ first_sets_of_run(ref('masat_member_phones__branch_phone'), 'member_hk') }} as standing
    where
        standing.member_hk not in (
            select presence.member_hk
            from (
                select
                    status.member_hk,
                    {{ is_there() }} as is_there
                from {{ ref('status_member__branch_phone') }} as status
                group by status.member_hk, status.partition_value
            ) as presence
            group by presence.member_hk
            having max(case when presence.is_there then 1 else 0 end) = 0
        )
    union all
    select
        member_hk,
        phone,
        phone_kind,
        extract_datetime,
        load_datetime,
        record_source
    from {{ first_sets_of_run(ref('masat_member_phones__desk_phone'), 'member_hk') }} as standing
    where
        standing.member_hk not in (
            select presence.member_hk
            from (
                select
                    status.member_hk,
                    {{ is_there() }} as is_there
                from {{ ref('status_member__desk_phone') }} as status
                group by status.member_hk, status.partition_value
            ) as presence
            group by presence.member_hk
            having max(case when presence.is_there then 1 else 0 end) = 0
        )
    union all
    select
        member_hk,
        phone,
        phone_kind,
        extract_datetime,
        load_datetime,
        record_source
    from {{ first_sets_of_run(ref('masat_member_phones__kiosk_phone'), 'member_hk') }} as standing
    where
        standing.member_hk not in (
            select presence.member_hk
            from (
                select
                    status.member_hk,
                    {{ is_there() }} as is_there
                from {{ ref('status_member__kiosk_phone') }} as status
                group by status.member_hk, status.partition_value
            ) as presence
            group by presence.member_hk
            having max(case when presence.is_there then 1 else 0 end) = 0
        )
    union all
    select
        member_hk,
        phone,
        phone_kind,
        extract_datetime,
        load_datetime,
        record_source
    from {{ first_sets_of_run(ref('masat_member_phones__till_phone'), 'member_hk') }} as standing
    union all
    select
        member_hk,
        phone,
        phone_kind,
        extract_datetime,
        load_datetime,
        record_source
    from {{ first_sets_of_run(ref('masat_member_phones__web_phone'), 'member_hk') }} as standing
),

placed as (
    select
        told.*,
        dense_rank() over (
            partition by member_hk
            order by extract_datetime desc, load_datetime desc, record_source
        ) as place
    from told
)

select
    member_hk,
    phone,
    phone_kind,
    extract_datetime
from placed
where place = 1
