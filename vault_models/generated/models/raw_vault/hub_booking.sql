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

named_anew as (
    select *
    from named
    {{ not_loaded('named', ['booking_hk']) }}
),

-- Most keys are named by one record, which is the first.
first_named as (
    select named_anew.*
    from named_anew
    anti join {{ ref('repeated_booking__patient_avohilmo') }} as repeated
        on named_anew.booking_hk = repeated.booking_hk
    union all
    select
        named_anew.booking_hk,
        any_value(named_anew.booking_id) as booking_id,
        min(named_anew.delivery_number) as delivery_number
    from named_anew
    semi join {{ ref('repeated_booking__patient_avohilmo') }} as repeated
        on named_anew.booking_hk = repeated.booking_hk
    group by named_anew.booking_hk
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
