-- One row per payment: as it was told last.
{{ config(materialized='view') }}

with

-- A table that deletes it tells no more of it.
told as (
    select
        versions.*,
        1 as _telling_table
    from
        {{
            first_of_run(
                ref('nhl_payment__desk_payment'), 'payment_hk', 'hashdiff'
            )
        }} as versions
    union all
    select
        versions.*,
        2 as _telling_table
    from
        {{
            first_of_run(
                ref('nhl_payment__kiosk_payment'), 'payment_hk', 'hashdiff'
            )
        }} as versions
    anti join {{ gone('payment_hk', [ref('status_payment__kiosk_payment')]) }} as gone
        on versions.payment_hk = gone.payment_hk
    union all
    select
        versions.*,
        3 as _telling_table
    from
        {{
            first_of_run(
                ref('nhl_payment__till_payment'), 'payment_hk', 'hashdiff'
            )
        }} as versions
    union all
    select
        versions.*,
        4 as _telling_table
    from
        {{
            first_of_run(
                ref('nhl_payment__web_payment'), 'payment_hk', 'hashdiff'
            )
        }} as versions
),

placed as (
    select
        told.*,
        row_number() over (
            partition by told.payment_hk
            order by told.extract_datetime desc, told.load_datetime desc, told.record_source, told._telling_table
        ) as _place
    from told
)

select
    payment_hk,
    member_hk,
    payment_number,
    amount,
    extract_datetime,
    load_datetime,
    record_source,
    delivery_id
from placed
where _place = 1
