-- One row per visit that any delivery ever named. Insert only.
{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false) }}

with

named as (
    select
        visit_hk,
        avohilmo_id as visit_id,
        delivery_number
    from {{ ref('stg_patient__avohilmo') }}
    where visit_hk not in ({{ ghost_keys() }})
),

first_named as (
    select
        visit_hk,
        any_value(visit_id) as visit_id,
        min(delivery_number) as delivery_number
    from named
    {{ not_loaded('named', ['visit_hk']) }}
    group by visit_hk
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
