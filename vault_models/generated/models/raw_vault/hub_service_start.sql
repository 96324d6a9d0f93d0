-- One row per service_start that any delivery ever named. Insert only.
{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false) }}

with

-- Of each key its only record, or the first of those that repeat it.
named as (
    select
        staged.service_start_hk,
        staged.paatos_id as service_start_id,
        staged.delivery_number
    from {{ ref('stg_social__decision') }} as staged
    left join {{ ref('repeated_service_start__social_decision') }} as repeated
        on staged.service_start_hk = repeated.service_start_hk
    where
        staged.service_start_hk not in ({{ ghost_keys() }})
        and staged.record_id = coalesce(repeated.first_record, staged.record_id)
),

first_named as (
    select named.*
    from named
    {{ not_loaded('named', ['service_start_hk']) }}
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
