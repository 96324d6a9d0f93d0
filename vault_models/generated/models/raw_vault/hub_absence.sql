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

first_named as (
    select
        absence_hk,
        any_value(absence_id) as absence_id,
        min(delivery_number) as delivery_number
    from named
    {{ not_loaded('named', ['absence_hk']) }}
    group by absence_hk
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
