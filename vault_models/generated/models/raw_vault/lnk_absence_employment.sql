-- One row per absence, employment that were ever told together. Insert only.
{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false) }}

with

-- Relations of owners that one staged record names, as they are; then, once each, those of owners that several name.
told_once as (
    select
        staged.absence_employment_hk,
        staged.absence_hk,
        staged.employment_hk,
        staged.delivery_number
    from {{ ref('stg_hr__absence') }} as staged
    anti join {{ ref('repeated_absence__hr_absence') }} as repeated
        on staged.absence_hk = repeated.absence_hk
    where
        staged.absence_hk not in ({{ ghost_keys() }})
),

told_again as (
    select
        staged.absence_employment_hk,
        any_value(staged.absence_hk) as absence_hk,
        any_value(staged.employment_hk) as employment_hk,
        min(staged.delivery_number) as delivery_number
    from {{ ref('stg_hr__absence') }} as staged
    semi join {{ ref('repeated_absence__hr_absence') }} as repeated
        on staged.absence_hk = repeated.absence_hk
    where
        staged.absence_hk not in ({{ ghost_keys() }})
    group by staged.absence_employment_hk
),

first_told as (
    select told.*
    from (
        select * from told_once
        union all
        select * from told_again
    ) as told
    {{ not_loaded('told', ['absence_employment_hk']) }}
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
