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
            order by extract_datetime, load_datetime, record_source desc, _telling_table desc
        ) as _telling
    from (
        select
            run.*,
            1 as _telling_table
        from
            {{
                first_of_run(
                    ref('nhl_payment__desk_payment'), 'payment_hk', 'hashdiff'
                )
            }} as run
        union all
        select
            run.*,
            2 as _telling_table
        from
            {{
                first_of_run(
                    ref('nhl_payment__kiosk_payment'), 'payment_hk', 'hashdiff'
                )
            }} as run
        union all
        select
            run.*,
            3 as _telling_table
        from
            {{
                first_of_run(
                    ref('nhl_payment__till_payment'), 'payment_hk', 'hashdiff'
                )
            }} as run
        union all
        select
            run.*,
            4 as _telling_table
        from
            {{
                first_of_run(
                    ref('nhl_payment__web_payment'), 'payment_hk', 'hashdiff'
                )
            }} as run
    ) as versions
),

-- Every time at which a table told something of it: of its content, or that it is there or deleted.
word as (
    select
        payment_hk,
        _telling_table as telling_table,
        _telling as telling,
        cast(null as timestamp) as arrival,
        cast(null as timestamp) as departure,
        extract_datetime,
        load_datetime,
        record_source,
        delivery_id
    from told
    union all
    select
        payment_hk,
        2 as telling_table,
        cast(null as bigint) as telling,
        case when is_present then extract_datetime end as arrival,
        case when not is_present then extract_datetime end as departure,
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
        max(case when telling_table = 1 then telling end) as telling_1,
        max(case when telling_table = 2 then telling end) as telling_2,
        max(case when telling_table = 2 then arrival end) as arrival_2,
        max(case when telling_table = 2 then departure end) as departure_2,
        max(case when telling_table = 3 then telling end) as telling_3,
        max(case when telling_table = 4 then telling end) as telling_4,
        max(load_datetime) as load_datetime,
        max_by(record_source, load_datetime) as record_source,
        max_by(delivery_id, load_datetime) as delivery_id
    from word
    group by payment_hk, extract_datetime
),

-- What each table has told by each of these times, carried over from the times before.
carried as (
    select
        payment_hk,
        extract_datetime,
        load_datetime,
        record_source,
        delivery_id,
        max(telling_1) over by_time as telling_1,
        max(arrival_2) over by_time as arrival_2,
        max(departure_2) over by_time as departure_2,
        max(telling_2) over by_time as telling_2,
        max(telling_3) over by_time as telling_3,
        max(telling_4) over by_time as telling_4
    from moment
    window by_time as (partition by payment_hk order by extract_datetime)
),

-- The last telling of those that have not deleted it counts.
counted as (
    select
        payment_hk,
        extract_datetime,
        load_datetime,
        record_source,
        delivery_id,
        greatest(
            telling_1,
            case when departure_2 is null or arrival_2 >= departure_2 then telling_2 end,
            telling_3,
            telling_4
        ) as telling
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
inner join told on change.payment_hk = told.payment_hk and change.telling = told._telling
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
inner join told on change.payment_hk = told.payment_hk and change.telling_before = told._telling
where change.telling is distinct from change.telling_before
