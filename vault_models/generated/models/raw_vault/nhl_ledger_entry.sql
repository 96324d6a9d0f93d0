-- One row per ledger_entry: an event that never changes. Insert only.
{{
    config(
        materialized='incremental',
        incremental_strategy='append',
        on_schema_change='append_new_columns',
        full_refresh=false
    )
}}

with

told as (
    select
        ledger_entry_hk,
        ledger_entry_entry_hashdiff as hashdiff,
        account_hk,
        cost_centre_hk,
        tosite as voucher_number,
        rivi as voucher_row,
        kirjauspvm as posting_date,
        vastapuoli as counterparty_sector_code,
        summa as amount,
        record_number,
        extract_datetime,
        load_datetime,
        record_source,
        delivery_id
    from {{ ref('stg_finance__ledger') }}
    where ledger_entry_hk not in ({{ ghost_keys() }})
),

-- The same event twice is one; two different events under one key are a conflict and stay out.
asserted as (
    select
        told.*,
        row_number() over (
            partition by ledger_entry_hk
            order by extract_datetime, load_datetime, delivery_id, record_number
        ) as copy_number,
        min(hashdiff) over (partition by ledger_entry_hk) as lowest,
        max(hashdiff) over (partition by ledger_entry_hk) as highest
    from told
)

select
    ledger_entry_hk,
    hashdiff,
    account_hk,
    cost_centre_hk,
    voucher_number,
    voucher_row,
    posting_date,
    counterparty_sector_code,
    amount,
    extract_datetime,
    load_datetime,
    record_source,
    delivery_id
from asserted
where
    copy_number = 1
    and lowest = highest
    {{ not_loaded('asserted', ['ledger_entry_hk']) }}
{% if not is_incremental() %}
union all
{{ ghost_rows(['ledger_entry_hk', 'hashdiff', 'account_hk', 'cost_centre_hk'], {'voucher_number': 'varchar', 'voucher_row': 'bigint', 'posting_date': 'date', 'counterparty_sector_code': 'varchar', 'amount': 'decimal(18, 2)'}) }}
{% endif %}
