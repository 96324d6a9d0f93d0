-- One row per payment: as it was told last.
{{ config(materialized='view') }}

with

told as (
    select *
    from {{ standing(ref('nhl_payment__desk_payment'), 'payment_hk', 'hashdiff') }} as versions
    union all
    select *
    from {{ standing(ref('nhl_payment__kiosk_payment'), 'payment_hk', 'hashdiff') }} as versions
    union all
    select *
    from {{ standing(ref('nhl_payment__till_payment'), 'payment_hk', 'hashdiff') }} as versions
    union all
    select *
    from {{ standing(ref('nhl_payment__web_payment'), 'payment_hk', 'hashdiff') }} as versions
),

placed as (
    select
        told.*,
        row_number() over (
            partition by payment_hk
            order by extract_datetime desc, load_datetime, record_source
        ) as place
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
where
    place = 1
    and payment_hk not in (
        select payment_hk
        from {{ ref('status_payment__kiosk_payment') }}
        group by payment_hk
        having not ({{ is_there() }})
    )
