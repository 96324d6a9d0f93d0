-- One row per absence that any delivery ever named. Insert only.
{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false) }}

with

-- Of each key its only record, or the first of those that repeat it.
named as (
    select
        staged.absence_hk,
        staged.poissaolo as absence_id,
        staged.delivery_number
    from {{ ref('stg_hr__absence') }} as staged
    left join {{ ref('repeated_absence__hr_absence') }} as repeated
        on staged.absence_hk = repeated.absence_hk
    where
        staged.absence_hk not in ({{ ghost_keys() }})
        and staged.record_id = coalesce(repeated.first_record, staged.record_id)
),

first_named as (
    select named.*
    from named
    {{ not_loaded('named', ['absence_hk']) }}
)

select
    first_named.absence_hk,
    first_named.absence_id,
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
        ['absence_hk'],
        {'absence_id': 'string'}
    )
}}
{% endif %}
