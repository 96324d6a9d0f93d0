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
        record_id,
        delivery_number
    from {{ ref('stg_finance__ledger') }}
    where ledger_entry_hk not in ({{ ghost_keys() }})
),

-- The same event twice is one; two different events under one key are a conflict and stay out.
asserted as (
    select
        ledger_entry_hk,
        min(record_id) as record_id
    from told
    {{ not_loaded('told', ['ledger_entry_hk'], first='where') }}
    group by ledger_entry_hk
    having min(hashdiff) = max(hashdiff)
)

select
    told.ledger_entry_hk,
    told.hashdiff,
    told.account_hk,
    told.cost_centre_hk,
    told.voucher_number,
    told.voucher_row,
    told.posting_date,
    told.counterparty_sector_code,
    told.amount,
    pending.extract_datetime,
    pending.load_datetime,
    pending.record_source,
    pending.delivery_id
from told
inner join asserted on told.record_id = asserted.record_id
inner join {{ ref('pending_delivery') }} as pending on told.delivery_number = pending.delivery_number
{% if not is_incremental() %}
union all
{{ ghost_rows(['ledger_entry_hk', 'hashdiff', 'account_hk', 'cost_centre_hk'], {'voucher_number': 'varchar', 'voucher_row': 'bigint', 'posting_date': 'date', 'counterparty_sector_code': 'varchar', 'amount': 'decimal(18, 2)'}) }}
{% endif %}
