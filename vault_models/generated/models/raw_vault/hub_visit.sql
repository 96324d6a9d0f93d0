-- One row per visit that any delivery ever named. Insert only.
{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false) }}

with

-- Of each key its only record, or the first of those that repeat it.
named as (
    select
        staged.visit_hk,
        staged.avohilmo_id as visit_id,
        staged.delivery_number
    from {{ ref('stg_patient__avohilmo') }} as staged
    left join {{ ref('repeated_visit__patient_avohilmo') }} as repeated
        on staged.visit_hk = repeated.visit_hk
    where
        staged.visit_hk not in ({{ ghost_keys() }})
        and staged.record_id = coalesce(repeated.first_record, staged.record_id)
),

first_named as (
    select named.*
    from named
    {{ not_loaded('named', ['visit_hk']) }}
)

select
    first_named.visit_hk,
    first_named.visit_id,
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
        ['visit_hk'],
        {'visit_id': 'string'}
    )
}}
{% endif %}
