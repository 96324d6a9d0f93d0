-- One row per organiser that any delivery ever named. Insert only.
{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false) }}

with

named as (
    select
        organiser_hk,
        jarjestaja as organiser_code,
        delivery_number
    from {{ ref('stg_reference__unit') }}
    where organiser_hk not in ({{ ghost_keys() }})
),

first_named as (
    select
        organiser_hk,
        any_value(organiser_code) as organiser_code,
        min(delivery_number) as delivery_number
    from named
    {{ not_loaded('named', ['organiser_hk']) }}
    group by organiser_hk
)

select
    first_named.organiser_hk,
    first_named.organiser_code,
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
        ['organiser_hk'],
        {'organiser_code': 'string'}
    )
}}
{% endif %}
