-- One row per booking that any delivery ever named. Insert only.
{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false) }}

with

named as (
    select
        booking_hk,
        avohilmo_id as booking_id,
        delivery_number
    from {{ ref('stg_patient__avohilmo') }}
    where booking_hk not in ({{ ghost_keys() }})
),

first_named as (
    select
        booking_hk,
        any_value(booking_id) as booking_id,
        min(delivery_number) as delivery_number
    from named
    {{ not_loaded('named', ['booking_hk']) }}
    group by booking_hk
)

select
    first_named.booking_hk,
    first_named.booking_id,
    pending.extract_datetime,
    pending.load_datetime,
    pending.record_source,
    pending.delivery_id
from first_named
inner join {{ ref('pending_delivery') }} as pending on first_named.delivery_number = pending.delivery_number
{% if not is_incremental() %}
union all
{{
    ghost_rows(
        ['booking_hk'],
        {'booking_id': 'string'}
    )
}}
{% endif %}
