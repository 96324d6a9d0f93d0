-- One row per booking that any delivery ever named. Insert only.
{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false) }}

with

-- Of each key its only record, or the first of those that repeat it.
named as (
    select
        staged.booking_hk,
        staged.avohilmo_id as booking_id,
        staged.delivery_number
    from {{ ref('stg_patient__avohilmo') }} as staged
    left join {{ ref('repeated_booking__patient_avohilmo') }} as repeated
        on staged.booking_hk = repeated.booking_hk
    where
        staged.booking_hk not in ({{ ghost_keys() }})
        and staged.record_id = coalesce(repeated.first_record, staged.record_id)
),

first_named as (
    select named.*
    from named
    {{ not_loaded('named', ['booking_hk']) }}
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
