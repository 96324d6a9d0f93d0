-- One row per producer that any delivery ever named. Insert only.
{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false) }}

with

named as (
    select
        producer_hk,
        tuottaja_ytunnus as producer_business_id,
        delivery_number
    from {{ ref('stg_reference__unit') }}
    where producer_hk not in ({{ ghost_keys() }})
),

first_named as (
    select
        producer_hk,
        any_value(producer_business_id) as producer_business_id,
        min(delivery_number) as delivery_number
    from named
    {{ not_loaded('named', ['producer_hk']) }}
    group by producer_hk
)

select
    first_named.producer_hk,
    first_named.producer_business_id,
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
        ['producer_hk'],
        {'producer_business_id': 'string'}
    )
}}
{% endif %}
