-- One row per open_day that any delivery ever named. Insert only.
{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false) }}

with

-- Of each key its only record, or the first of those that repeat it.
named as (
    select
        staged.open_day_hk,
        staged.day,
        staged.delivery_number
    from {{ ref('stg_calendar__open_day') }} as staged
    left join {{ ref('repeated_open_day__calendar_open_day') }} as repeated
        on staged.open_day_hk = repeated.open_day_hk
    where
        staged.open_day_hk not in ({{ ghost_keys() }})
        and staged.record_id = coalesce(repeated.first_record, staged.record_id)
),

first_named as (
    select named.*
    from named
    {{ not_loaded('named', ['open_day_hk']) }}
)

select
    first_named.open_day_hk,
    first_named.day,
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
        ['open_day_hk'],
        {'day': 'date'}
    )
}}
{% endif %}
