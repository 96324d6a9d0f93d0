-- One row per absence, employment that were ever told together. Insert only.
{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false) }}

with

told as (
    select
        absence_employment_hk,
        absence_hk,
        employment_hk,
        delivery_number
    from {{ ref('stg_hr__absence') }}
    where
        absence_hk not in ({{ ghost_keys() }})
),

told_anew as (
    select *
    from told
    {{ not_loaded('told', ['absence_employment_hk']) }}
),

-- Most keys are named by one record, which is the first.
first_told as (
    select told_anew.*
    from told_anew
    anti join {{ ref('repeated_absence__hr_absence') }} as repeated
        on told_anew.absence_hk = repeated.absence_hk
    union all
    select
        told_anew.absence_employment_hk,
        any_value(told_anew.absence_hk) as absence_hk,
        any_value(told_anew.employment_hk) as employment_hk,
        min(told_anew.delivery_number) as delivery_number
    from told_anew
    semi join {{ ref('repeated_absence__hr_absence') }} as repeated
        on told_anew.absence_hk = repeated.absence_hk
    group by told_anew.absence_employment_hk
)

select
    first_told.absence_employment_hk,
    first_told.absence_hk,
    first_told.employment_hk,
    pending.extract_datetime,
    pending.load_datetime,
    pending.record_source,
    pending.delivery_id
from first_told
inner join {{ ref('pending_delivery') }} as pending on first_told.delivery_number = pending.delivery_number
{% if not is_incremental() %}
union all
{{
    ghost_rows(
        ['absence_employment_hk', 'absence_hk', 'employment_hk'],
        {}
    )
}}
{% endif %}
