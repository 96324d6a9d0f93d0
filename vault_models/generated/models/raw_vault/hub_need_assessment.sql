-- One row per need_assessment that any delivery ever named. Insert only.
{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false) }}

with

named as (
    select
        need_assessment_hk,
        avohilmo_id as need_assessment_id,
        delivery_number
    from {{ ref('stg_patient__avohilmo') }}
    where need_assessment_hk not in ({{ ghost_keys() }})
),

first_named as (
    select
        need_assessment_hk,
        any_value(need_assessment_id) as need_assessment_id,
        min(delivery_number) as delivery_number
    from named
    {{ not_loaded('named', ['need_assessment_hk']) }}
    group by need_assessment_hk
)

select
    first_named.need_assessment_hk,
    first_named.need_assessment_id,
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
        ['need_assessment_hk'],
        {'need_assessment_id': 'string'}
    )
}}
{% endif %}
