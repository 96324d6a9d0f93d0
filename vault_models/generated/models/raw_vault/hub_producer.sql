-- One row per producer that any delivery ever named. Insert only.
{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false) }}

with

-- Of each key its only record, or the first of those that repeat it.
named as (
    select
        staged.producer_hk,
        staged.tuottaja_ytunnus as producer_business_id,
        staged.delivery_number
    from {{ ref('stg_reference__unit') }} as staged
    left join {{ ref('repeated_producer__reference_unit') }} as repeated
        on staged.producer_hk = repeated.producer_hk
    where
        staged.producer_hk not in ({{ ghost_keys() }})
        and staged.record_id = coalesce(repeated.first_record, staged.record_id)
),

first_named as (
    select named.*
    from named
    {{ not_loaded('named', ['producer_hk']) }}
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
