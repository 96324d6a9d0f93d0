-- One row per account that any delivery ever named. Insert only.
{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false) }}

with

named as (
    select
        account_hk,
        tili as account_code,
        extract_datetime,
        load_datetime,
        record_source,
        delivery_id
    from {{ ref('stg_finance__ledger') }}
    where account_hk not in ({{ ghost_keys() }})

    union all

    select
        account_hk,
        tili as account_code,
        extract_datetime,
        load_datetime,
        record_source,
        delivery_id
    from {{ ref('stg_finance__account') }}
    where account_hk not in ({{ ghost_keys() }})
),

first_named as (
    select
        account_hk,
        min(account_code) as account_code,
        min(extract_datetime) as extract_datetime,
        min(load_datetime) as load_datetime,
        min_by(record_source, load_datetime) as record_source,
        min_by(delivery_id, load_datetime) as delivery_id
    from named
    {{ not_loaded('named', ['account_hk'], first='where') }}
    group by account_hk
)

select *
from first_named
{% if not is_incremental() %}
union all
{{ ghost_rows(['account_hk'], {'account_code': 'varchar'}) }}
{% endif %}
