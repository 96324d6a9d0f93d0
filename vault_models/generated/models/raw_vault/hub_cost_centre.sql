-- One row per cost_centre that any delivery ever named. Insert only.
{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false) }}

with

named as (
    select
        cost_centre_hk,
        kustannuspaikka as cost_centre_code,
        delivery_number
    from {{ ref('stg_finance__ledger') }}
    where cost_centre_hk not in ({{ ghost_keys() }})

    union all

    select
        cost_centre_hk,
        kustannuspaikka as cost_centre_code,
        delivery_number
    from {{ ref('stg_finance__cost_centre') }}
    where cost_centre_hk not in ({{ ghost_keys() }})

    union all

    select
        cost_centre_hk,
        kustannuspaikka as cost_centre_code,
        delivery_number
    from {{ ref('stg_hr__employment') }}
    where cost_centre_hk not in ({{ ghost_keys() }})
),

first_named as (
    select
        cost_centre_hk,
        any_value(cost_centre_code) as cost_centre_code,
        min(delivery_number) as delivery_number
    from named
    {{ not_loaded('named', ['cost_centre_hk']) }}
    group by cost_centre_hk
)

select
    first_named.cost_centre_hk,
    first_named.cost_centre_code,
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
        ['cost_centre_hk'],
        {'cost_centre_code': 'string'}
    )
}}
{% endif %}
