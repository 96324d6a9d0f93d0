-- One row per service that any delivery ever named. Insert only.
{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false) }}

with

named as (
    select
        service_hk,
        palveluluokka as service_code,
        delivery_number
    from {{ ref('stg_finance__cost_centre') }}
    where service_hk not in ({{ ghost_keys() }})

    union all

    select
        service_hk,
        palveluluokka as service_code,
        delivery_number
    from {{ ref('stg_social__decision') }}
    where service_hk not in ({{ ghost_keys() }})
),

first_named as (
    select
        service_hk,
        any_value(service_code) as service_code,
        min(delivery_number) as delivery_number
    from named
    {{ not_loaded('named', ['service_hk']) }}
    group by service_hk
)

select
    first_named.service_hk,
    first_named.service_code,
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
        ['service_hk'],
        {'service_code': 'string'}
    )
}}
{% endif %}
