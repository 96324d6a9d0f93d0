-- One row per decision that any delivery ever named. Insert only.
{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false) }}

with

named as (
    select
        decision_hk,
        paatos_id as decision_id,
        delivery_number
    from {{ ref('stg_social__decision') }}
    where decision_hk not in ({{ ghost_keys() }})
),

first_named as (
    select
        decision_hk,
        any_value(decision_id) as decision_id,
        min(delivery_number) as delivery_number
    from named
    {{ not_loaded('named', ['decision_hk']) }}
    group by decision_hk
)

select
    first_named.decision_hk,
    first_named.decision_id,
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
        ['decision_hk'],
        {'decision_id': 'string'}
    )
}}
{% endif %}
