-- One row per employment that any delivery ever named. Insert only.
{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false) }}

with

named as (
    select
        employment_hk,
        palvelussuhde as employment_id,
        delivery_number
    from {{ ref('stg_hr__employment') }}
    where employment_hk not in ({{ ghost_keys() }})

    union all

    select
        employment_hk,
        palvelussuhde as employment_id,
        delivery_number
    from {{ ref('stg_hr__absence') }}
    where employment_hk not in ({{ ghost_keys() }})
),

first_named as (
    select
        employment_hk,
        any_value(employment_id) as employment_id,
        min(delivery_number) as delivery_number
    from named
    {{ not_loaded('named', ['employment_hk']) }}
    group by employment_hk
)

select
    first_named.employment_hk,
    first_named.employment_id,
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
        ['employment_hk'],
        {'employment_id': 'string'}
    )
}}
{% endif %}
