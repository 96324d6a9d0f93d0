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

told_anew as (
    select *
    from told
    {{ not_loaded('told', ['visit_process_hk']) }}
),

-- Most keys are named by one record, which is the first.
first_told as (
    select told_anew.*
    from told_anew
    anti join {{ ref('repeated_visit__patient_avohilmo') }} as repeated
        on told_anew.visit_hk = repeated.visit_hk
    union all
    select
        told_anew.visit_process_hk,
        any_value(told_anew.visit_hk) as visit_hk,
        any_value(told_anew.contact_hk) as contact_hk,
        any_value(told_anew.need_assessment_hk) as need_assessment_hk,
        any_value(told_anew.booking_hk) as booking_hk,
        min(told_anew.delivery_number) as delivery_number
    from told_anew
    semi join {{ ref('repeated_visit__patient_avohilmo') }} as repeated
        on told_anew.visit_hk = repeated.visit_hk
    group by told_anew.visit_process_hk
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
