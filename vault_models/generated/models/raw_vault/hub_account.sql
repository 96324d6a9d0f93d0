-- One row per account that any delivery ever named. Insert only.
{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false) }}

with

named as (
    select
        account_hk,
        tili as account_code,
        delivery_number
    from {{ ref('stg_finance__ledger') }}
    where account_hk not in ({{ ghost_keys() }})

    union all

    select
        account_hk,
        tili as account_code,
        delivery_number
    from {{ ref('stg_finance__account') }}
    where account_hk not in ({{ ghost_keys() }})
),

first_named as (
    select
        account_hk,
        any_value(account_code) as account_code,
        min(delivery_number) as delivery_number
    from named
    {{ not_loaded('named', ['account_hk']) }}
    group by account_hk
)

select
    first_named.account_hk,
    first_named.account_code,
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
        ['account_hk'],
        {'account_code': 'string'}
    )
}}
{% endif %}
