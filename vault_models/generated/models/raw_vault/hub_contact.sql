-- One row per contact that any delivery ever named. Insert only.
{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false) }}

with

named as (
    select
        contact_hk,
        avohilmo_id as contact_id,
        delivery_number
    from {{ ref('stg_patient__avohilmo') }}
    where contact_hk not in ({{ ghost_keys() }})
),

first_named as (
    select
        contact_hk,
        any_value(contact_id) as contact_id,
        min(delivery_number) as delivery_number
    from named
    {{ not_loaded('named', ['contact_hk']) }}
    group by contact_hk
)

select
    first_named.contact_hk,
    first_named.contact_id,
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
        ['contact_hk'],
        {'contact_id': 'string'}
    )
}}
{% endif %}
