-- One row per ledger_entry: as it was told first.
{{ config(materialized='view') }}

with

told as (
    select
        versions.*,
        1 as _telling_table
    from
        {{
            standing(
                ref('nhl_ledger_entry__finance_ledger'), 'ledger_entry_hk', 'hashdiff'
            )
        }} as versions
),

placed as (
    select
        told.*,
        row_number() over (
            partition by told.ledger_entry_hk
            order by told.extract_datetime, told.load_datetime, told.record_source, told._telling_table
        ) as _place
    from told
)

select
    ledger_entry_hk,
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
from placed
where _place = 1
