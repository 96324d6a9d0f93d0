-- One row per delivered record of desk.loan, typed; each file is read once. A row with a missing or unreadable
-- value is kept apart: is_quarantined, and why, by column and never by value.
{{
    config(
        materialized='incremental',
        incremental_strategy='append',
        on_schema_change='append_new_columns',
        full_refresh=false
    )
}}

with

delivered as (
    {{
        rows_to_land(
            {"record_source": "desk.loan", "kind": "csv", "delimiter": ";", "encoding": "utf-8"},
            {
                "loan": "loan__text",
                "note": "note__text",
                "due": "due__text",
                "borrower": "borrower__text",
                "lender": "lender__text",
                "shelf": "shelf__text",
                "slot": "slot__text"
            }
        )
    }}
),

typed as (
    select
        *,
        nfc_normalize(loan__text) as loan,
        nfc_normalize(note__text) as note,
        {{ read_date("due__text", ["%Y-%m-%d"]) }} as due,
        nfc_normalize(borrower__text) as borrower,
        nfc_normalize(lender__text) as lender,
        nfc_normalize(shelf__text) as shelf,
        {{ read_integer('slot__text') }} as slot
    from delivered
),

judged as (
    select
        *,
        nullif(concat_ws(
            ', ',
            case when nullif(trim(loan__text), '') is null then 'loan: missing_value' end,
            case when nullif(trim(due__text), '') is not null and due is null then 'due: bad_date' end,
            case when nullif(trim(slot__text), '') is not null and slot is null then 'slot: bad_number' end
        ), '') as quarantine_reason
    from typed
)

select
    judged.loan,
    judged.note,
    judged.due,
    judged.borrower,
    judged.lender,
    judged.shelf,
    judged.slot,
    delivery.delivery_id,
    judged.record__line - min(judged.record__line) over (partition by delivery.delivery_id) + 1 as record_number,
    delivery.extract_datetime,
    delivery.load_datetime,
    delivery.record_source,
    judged.quarantine_reason is not null as is_quarantined,
    judged.quarantine_reason
from judged
inner join {{ ref('landing_delivery') }} as delivery on judged.delivered__file = delivery.file
