-- One row per payment: as it was told last.
{{ config(materialized='view') }}

with

told as (
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
),

-- Gone: what every source that tells of deletions says.
gone as (
    select *
    from
        {{
            gone('payment_hk', [ref('status_payment__kiosk_payment')])
        }} as word
),

placed as (
    select
        told.*,
        row_number() over (
            partition by told.payment_hk
            order by told.extract_datetime desc, told.load_datetime desc, told.record_source
        ) as place
    from told
    anti join gone on told.payment_hk = gone.payment_hk
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
where place = 1
