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

first_told as (
    select
        absence_employment_hk,
        any_value(absence_hk) as absence_hk,
        any_value(employment_hk) as employment_hk,
        min(delivery_number) as delivery_number
    from told
    {{ not_loaded('told', ['absence_employment_hk']) }}
    group by absence_employment_hk
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
