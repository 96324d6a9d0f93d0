-- One row per open_day that any delivery ever named. Insert only.
{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false) }}

with

named as (
    select
        open_day_hk,
        day,
        delivery_number
    from {{ ref('stg_calendar__open_day') }}
    where open_day_hk not in ({{ ghost_keys() }})
),

named_anew as (
    select *
    from named
    {{ not_loaded('named', ['open_day_hk']) }}
),

-- Most keys are named by one record, which is the first.
first_named as (
    select named_anew.*
    from named_anew
    anti join {{ ref('repeated_open_day__calendar_open_day') }} as repeated
        on named_anew.open_day_hk = repeated.open_day_hk
    union all
    select
        named_anew.open_day_hk,
        any_value(named_anew.day) as day,
        min(named_anew.delivery_number) as delivery_number
    from named_anew
    semi join {{ ref('repeated_open_day__calendar_open_day') }} as repeated
        on named_anew.open_day_hk = repeated.open_day_hk
    group by named_anew.open_day_hk
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
