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

named_anew as (
    select *
    from named
    {{ not_loaded('named', ['producer_hk']) }}
),

-- Most keys are named by one record, which is the first.
first_named as (
    select named_anew.*
    from named_anew
    anti join {{ ref('repeated_producer__reference_unit') }} as repeated
        on named_anew.producer_hk = repeated.producer_hk
    union all
    select
        named_anew.producer_hk,
        any_value(named_anew.producer_business_id) as producer_business_id,
        min(named_anew.delivery_number) as delivery_number
    from named_anew
    semi join {{ ref('repeated_producer__reference_unit') }} as repeated
        on named_anew.producer_hk = repeated.producer_hk
    group by named_anew.producer_hk
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
