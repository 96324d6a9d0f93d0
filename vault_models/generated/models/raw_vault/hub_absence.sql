-- One row per absence that any delivery ever named. Insert only.
{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false) }}

with

named as (
    select
        absence_hk,
        poissaolo as absence_id,
        delivery_number
    from {{ ref('stg_hr__absence') }}
    where absence_hk not in ({{ ghost_keys() }})
),

named_anew as (
    select *
    from named
    {{ not_loaded('named', ['absence_hk']) }}
),

-- Most keys are named by one record, which is the first.
first_named as (
    select named_anew.*
    from named_anew
    anti join {{ ref('repeated_absence__hr_absence') }} as repeated
        on named_anew.absence_hk = repeated.absence_hk
    union all
    select
        named_anew.absence_hk,
        any_value(named_anew.absence_id) as absence_id,
        min(named_anew.delivery_number) as delivery_number
    from named_anew
    semi join {{ ref('repeated_absence__hr_absence') }} as repeated
        on named_anew.absence_hk = repeated.absence_hk
    group by named_anew.absence_hk
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
