-- One row per payment and booking: 1 as it is told, -1 what a later telling or a deletion took back. Sums
-- over `entry` times a figure are right at every extract time.
{{ config(materialized='view') }}

with

version as (
    select
        told.*,
        row_number() over (partition by payment_hk, record_source order by extract_datetime) as version_number
    from (
        select *
        from
            {{
                first_of_run(
                    ref('nhl_payment__desk_payment'), 'payment_hk', 'hashdiff'
                )
            }} as versions
        union all
        select *
        from
            {{
                first_of_run(
                    ref('nhl_payment__kiosk_payment'), 'payment_hk', 'hashdiff'
                )
            }} as versions
        union all
        select *
        from
            {{
                first_of_run(
                    ref('nhl_payment__till_payment'), 'payment_hk', 'hashdiff'
                )
            }} as versions
        union all
        select *
        from
            {{
                first_of_run(
                    ref('nhl_payment__web_payment'), 'payment_hk', 'hashdiff'
                )
            }} as versions
    ) as told
),

-- Each time at which a telling, a deletion or a return was extracted.
moment as (
    select
        payment_hk,
        record_source,
        extract_datetime,
        max(load_datetime) as load_datetime,
        max(delivery_id) as delivery_id,
        sum(is_version) as versions,
        max(arrival) as arrival,
        max(departure) as departure
    from (
        select
            payment_hk,
            record_source,
            extract_datetime,
            load_datetime,
            delivery_id,
            1 as is_version,
            cast(null as timestamp) as arrival,
            cast(null as timestamp) as departure
        from version
        union all
        select
            payment_hk,
            record_source,
            extract_datetime,
            load_datetime,
            delivery_id,
            0 as is_version,
            case when is_present then extract_datetime end as arrival,
            case when not is_present then extract_datetime end as departure
        from {{ ref('status_payment__kiosk_payment') }}
        where record_source <> 'ghost'
    ) as told
    group by payment_hk, record_source, extract_datetime
),

-- The number of the version that counts from then on; 0 while there is none.
counting as (
    select
        moment.*,
        case
            when max(departure) over by_time > coalesce(max(arrival) over by_time, cast('1900-01-01' as timestamp)) then 0
            else sum(versions) over by_time
        end as version_number
    from moment
    window by_time as (partition by payment_hk, record_source order by extract_datetime)
),

booking as (
    select
        counting.*,
        lag(version_number, 1, 0) over (partition by payment_hk, record_source order by extract_datetime) as version_number_before
    from counting
)

select
    version.payment_hk,
    1 as entry,
    version.member_hk,
    version.payment_number,
    version.amount,
    booking.extract_datetime,
    booking.load_datetime,
    booking.record_source,
    booking.delivery_id
from booking
inner join version
    on
        booking.payment_hk = version.payment_hk
        and booking.record_source = version.record_source
        and booking.version_number = version.version_number
where booking.version_number <> booking.version_number_before
union all
select
    version.payment_hk,
    -1 as entry,
    version.member_hk,
    version.payment_number,
    version.amount,
    booking.extract_datetime,
    booking.load_datetime,
    booking.record_source,
    booking.delivery_id
from booking
inner join version
    on
        booking.payment_hk = version.payment_hk
        and booking.record_source = version.record_source
        and booking.version_number_before = version.version_number
where booking.version_number <> booking.version_number_before
