-- One row per visit, contact, need_assessment, booking that were ever told together. Insert only.
{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false) }}

with

-- Relations of owners that one staged record names, as they are; then, once each, those of owners that several name.
told_once as (
    select
        staged.visit_process_hk,
        staged.visit_hk,
        staged.contact_hk,
        staged.need_assessment_hk,
        staged.booking_hk,
        staged.delivery_number
    from {{ ref('stg_patient__avohilmo') }} as staged
    anti join {{ ref('repeated_visit__patient_avohilmo') }} as repeated
        on staged.visit_hk = repeated.visit_hk
    where
        staged.visit_hk not in ({{ ghost_keys() }})
),

told_again as (
    select
        staged.visit_process_hk,
        any_value(staged.visit_hk) as visit_hk,
        any_value(staged.contact_hk) as contact_hk,
        any_value(staged.need_assessment_hk) as need_assessment_hk,
        any_value(staged.booking_hk) as booking_hk,
        min(staged.delivery_number) as delivery_number
    from {{ ref('stg_patient__avohilmo') }} as staged
    semi join {{ ref('repeated_visit__patient_avohilmo') }} as repeated
        on staged.visit_hk = repeated.visit_hk
    where
        staged.visit_hk not in ({{ ghost_keys() }})
    group by staged.visit_process_hk
),

first_told as (
    select told.*
    from (
        select * from told_once
        union all
        select * from told_again
    ) as told
    {{ not_loaded('told', ['visit_process_hk']) }}
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
