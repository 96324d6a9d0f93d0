-- One row per member and snapshot day: which version of each satellite holds on it, as known now.
{{ config(materialized='table') }}

with

snapshot as (
    {{ snapshot_days(ref('landing_delivery'), 'day', {'day': 2, 'month': 2}) }}
),

home__branch_member as (
    select
        member_hk,
        extract_datetime,
        load_datetime,
        lead(extract_datetime, 1, {{ end_of_time() }}) over (
            partition by member_hk
            order by extract_datetime
        ) as next_extract_datetime
    from {{ standing(ref('sat_member_home__branch_member'), 'member_hk', 'hashdiff') }} as versions
),

home__desk_member as (
    select
        member_hk,
        extract_datetime,
        load_datetime,
        lead(extract_datetime, 1, {{ end_of_time() }}) over (
            partition by member_hk
            order by extract_datetime
        ) as next_extract_datetime
    from {{ standing(ref('sat_member_home__desk_member'), 'member_hk', 'hashdiff') }} as versions
),

home__kiosk_member as (
    select
        member_hk,
        extract_datetime,
        load_datetime,
        lead(extract_datetime, 1, {{ end_of_time() }}) over (
            partition by member_hk
            order by extract_datetime
        ) as next_extract_datetime
    from {{ standing(ref('sat_member_home__kiosk_member'), 'member_hk', 'hashdiff') }} as versions
),

home__till_member as (
    select
        member_hk,
        extract_datetime,
        load_datetime,
        lead(extract_datetime, 1, {{ end_of_time() }}) over (
            partition by member_hk
            order by extract_datetime
        ) as next_extract_datetime
    from {{ standing(ref('sat_member_home__till_member'), 'member_hk', 'hashdiff') }} as versions
),

home__web_member as (
    select
        member_hk,
        extract_datetime,
        load_datetime,
        lead(extract_datetime, 1, {{ end_of_time() }}) over (
            partition by member_hk
            order by extract_datetime
        ) as next_extract_datetime
    from {{ standing(ref('sat_member_home__web_member'), 'member_hk', 'hashdiff') }} as versions
),

hub as (
    select member_hk
    from {{ ref('hub_member') }}
    where member_hk not in ({{ ghost_keys() }})
)

select
    hub.member_hk,
    snapshot.snapshot_date,
    home__branch_member.extract_datetime as home__branch_member_extract_datetime,
    home__branch_member.load_datetime as home__branch_member_load_datetime,
    home__desk_member.extract_datetime as home__desk_member_extract_datetime,
    home__desk_member.load_datetime as home__desk_member_load_datetime,
    home__kiosk_member.extract_datetime as home__kiosk_member_extract_datetime,
    home__kiosk_member.load_datetime as home__kiosk_member_load_datetime,
    home__till_member.extract_datetime as home__till_member_extract_datetime,
    home__till_member.load_datetime as home__till_member_load_datetime,
    home__web_member.extract_datetime as home__web_member_extract_datetime,
    home__web_member.load_datetime as home__web_member_load_datetime
from hub
cross join snapshot
left join home__branch_member
    on
        hub.member_hk = home__branch_member.member_hk
        and home__branch_member.extract_datetime < snapshot.next_day
        and home__branch_member.next_extract_datetime >= snapshot.next_day
left join home__desk_member
    on
        hub.member_hk = home__desk_member.member_hk
        and home__desk_member.extract_datetime < snapshot.next_day
        and home__desk_member.next_extract_datetime >= snapshot.next_day
left join home__kiosk_member
    on
        hub.member_hk = home__kiosk_member.member_hk
        and home__kiosk_member.extract_datetime < snapshot.next_day
        and home__kiosk_member.next_extract_datetime >= snapshot.next_day
left join home__till_member
    on
        hub.member_hk = home__till_member.member_hk
        and home__till_member.extract_datetime < snapshot.next_day
        and home__till_member.next_extract_datetime >= snapshot.next_day
left join home__web_member
    on
        hub.member_hk = home__web_member.member_hk
        and home__web_member.extract_datetime < snapshot.next_day
        and home__web_member.next_extract_datetime >= snapshot.next_day
