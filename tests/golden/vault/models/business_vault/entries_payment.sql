-- One row per payment and booking: 1 as it is told, -1 as a later telling corrects it or its source deletes
-- it, 1 again as it comes back. Sums over `entry` times a figure are right at every extract time.
{{ config(materialized='view') }}

with

-- The tellings of each payment, numbered in the order in which they count.
told as (
    select
        versions.*,
        row_number() over (
            partition by payment_hk
            order by extract_datetime, load_datetime, record_source desc
        ) as telling
    from (
        select *
        from
            {{
                first_of_run(
                    ref('nhl_payment__desk_payment'), 'payment_hk', 'hashdiff'
                )
            }} as run
        union all
        select *
        from
            {{
                first_of_run(
                    ref('nhl_payment__kiosk_payment'), 'payment_hk', 'hashdiff'
                )
            }} as run
        union all
        select *
        from
            {{
                first_of_run(
                    ref('nhl_payment__till_payment'), 'payment_hk', 'hashdiff'
                )
            }} as run
        union all
        select *
        from
            {{
                first_of_run(
                    ref('nhl_payment__web_payment'), 'payment_hk', 'hashdiff'
                )
            }} as run
    ) as versions
),

-- Every time at which something was told of it, of its content or that it is there or deleted.
word as (
    select
        payment_hk,
        telling,
        cast(null as timestamp) as arrival_1,
        cast(null as timestamp) as departure_1,
        extract_datetime,
        load_datetime,
        record_source,
        delivery_id
    from told
    union all
    select
        payment_hk,
        cast(null as bigint) as telling,
        case when is_present then extract_datetime end as arrival_1,
        case when not is_present then extract_datetime end as departure_1,
        extract_datetime,
        load_datetime,
        record_source,
        delivery_id
    from {{ ref('status_payment__kiosk_payment') }}
    where record_source <> 'ghost'
),

moment as (
    select
        payment_hk,
        extract_datetime,
        max(telling) as telling,
        max(arrival_1) as arrival_1,
        max(departure_1) as departure_1,
        max(load_datetime) as load_datetime,
        max_by(record_source, load_datetime) as record_source,
        max_by(delivery_id, load_datetime) as delivery_id
    from word
    group by payment_hk, extract_datetime
),

-- What counts from each of these times on, carried over from the times before.
carried as (
    select
        payment_hk,
        extract_datetime,
        load_datetime,
        record_source,
        delivery_id,
        max(arrival_1) over by_time as arrival_1,
        max(departure_1) over by_time as departure_1,
        max(telling) over by_time as telling
    from moment
    window by_time as (partition by payment_hk order by extract_datetime)
),

counted as (
    select
        payment_hk,
        extract_datetime,
        load_datetime,
        record_source,
        delivery_id,
        case
            when arrival_1 >= coalesce(departure_1, cast('1900-01-01 00:00:00' as timestamp)) then telling
            when coalesce(arrival_1, departure_1) is null then telling
        end as telling
    from carried
),

change as (
    select
        counted.*,
        lag(telling) over (
            partition by payment_hk
            order by extract_datetime
        ) as telling_before
    from counted
)

select
    change.payment_hk,
    1 as entry,
    told.member_hk,
    told.payment_number,
    told.amount,
    change.extract_datetime,
    change.load_datetime,
    change.record_source,
    change.delivery_id
from change
inner join told on change.payment_hk = told.payment_hk and change.telling = told.telling
where change.telling is distinct from change.telling_before
union all
select
    change.payment_hk,
    -1 as entry,
    told.member_hk,
    told.payment_number,
    told.amount,
    change.extract_datetime,
    change.load_datetime,
    change.record_source,
    change.delivery_id
from change
inner join told on change.payment_hk = told.payment_hk and change.telling_before = told.telling
where change.telling is distinct from change.telling_before
