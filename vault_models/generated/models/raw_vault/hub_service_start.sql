-- One row per service_start that any delivery ever named. Insert only.
{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false) }}

with

named as (
    select
        service_start_hk,
        paatos_id as service_start_id,
        delivery_number
    from {{ ref('stg_social__decision') }}
    where service_start_hk not in ({{ ghost_keys() }})
),

first_named as (
    select
        service_start_hk,
        any_value(service_start_id) as service_start_id,
        min(delivery_number) as delivery_number
    from named
    {{ not_loaded('named', ['service_start_hk']) }}
    group by service_start_hk
)

select
    first_named.service_start_hk,
    first_named.service_start_id,
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
        ['service_start_hk'],
        {'service_start_id': 'string'}
    )
}}
{% endif %}
