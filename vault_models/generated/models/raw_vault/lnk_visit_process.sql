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
        extract_datetime,
        load_datetime,
        record_source,
        delivery_id
    from {{ ref('stg_patient__avohilmo') }}
    where visit_hk not in ({{ ghost_keys() }})
),

first_told as (
    select
        visit_process_hk,
        min(visit_hk) as visit_hk,
        min(contact_hk) as contact_hk,
        min(need_assessment_hk) as need_assessment_hk,
        min(booking_hk) as booking_hk,
        min(extract_datetime) as extract_datetime,
        min(load_datetime) as load_datetime,
        min_by(record_source, load_datetime) as record_source,
        min_by(delivery_id, load_datetime) as delivery_id
    from told
    {{ not_loaded('told', ['visit_process_hk'], first='where') }}
    group by visit_process_hk
)

select *
from first_told
{% if not is_incremental() %}
union all
{{ ghost_rows(['visit_process_hk', 'visit_hk', 'contact_hk', 'need_assessment_hk', 'booking_hk'], {}) }}
{% endif %}
