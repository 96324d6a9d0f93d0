-- One row per visit, contact, need_assessment, booking that were ever told together. Insert only.
{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false) }}

with

told as (
    select
        visit_process_hk,
        visit_hk,
        contact_hk,
        need_assessment_hk,
        booking_hk,
        delivery_number
    from {{ ref('stg_patient__avohilmo') }}
    where
        visit_hk not in ({{ ghost_keys() }})
),

first_told as (
    select
        visit_process_hk,
        any_value(visit_hk) as visit_hk,
        any_value(contact_hk) as contact_hk,
        any_value(need_assessment_hk) as need_assessment_hk,
        any_value(booking_hk) as booking_hk,
        min(delivery_number) as delivery_number
    from told
    {{ not_loaded('told', ['visit_process_hk']) }}
    group by visit_process_hk
)

select
    first_told.visit_process_hk,
    first_told.visit_hk,
    first_told.contact_hk,
    first_told.need_assessment_hk,
    first_told.booking_hk,
    pending.extract_datetime,
    pending.load_datetime,
    pending.record_source,
    pending.delivery_id
from first_told
inner join {{ ref('pending_delivery') }} as pending on first_told.delivery_number = pending.delivery_number
{% if not is_incremental() %}
union all
{{
    ghost_rows(
        ['visit_process_hk', 'visit_hk', 'contact_hk', 'need_assessment_hk', 'booking_hk'],
        {}
    )
}}
{% endif %}
