-- One row per delivered record of kiosk.loan that waits for its load, or is later than one that waits:
-- typed, with every key and hash difference computed once.
{{ config(materialized='table') }}

with

delivered as (
    select
        {{ kept_text('landed.deleted') }} as deleted,
        {{ kept_text('landed.loan') }} as loan,
        {{ kept_text('landed.note') }} as note,
        landed.due,
        {{ kept_text('landed.borrower') }} as borrower,
        {{ kept_text('landed.lender') }} as lender,
        {{ kept_text('landed.shelf') }} as shelf,
        landed.slot,
        coalesce(landed.deleted in ('D'), false) as is_deleted,
        {{ record_id('pending.delivery_number', 'landed.record_number') }} as record_id,
        pending.delivery_number,
        pending.extract_datetime
    from {{ ref('landing_kiosk__loan') }} as landed
    inner join {{ ref('pending_delivery') }} as pending on landed.delivery_id = pending.delivery_id
    where
        pending.record_source = 'kiosk.loan'
        and landed.is_quarantined is not true
),

told as (
    select
        delivered.*,
        {{ counted('loan') }} as loan__text,
        {{ counted('borrower') }} as borrower__text,
        {{ counted('lender') }} as lender__text,
        {{ counted('shelf') }} as shelf__text,
        {{ counted('slot', 'integer') }} as slot__text
    from delivered
)

select
    {{ hash_key(["'kiosk'", 'loan__text']) }} as loan_hk,
    {{ hash_key(['borrower__text']) }} as borrower_hk,
    {{ hash_key(['lender__text']) }} as lender_hk,
    {{ hash_key(['shelf__text', 'slot__text']) }} as book_hk,
    {{
        hash_link([
            (["'kiosk'", 'loan__text'], none),
            (['borrower__text'], none),
            (['lender__text'], none),
            (['shelf__text', 'slot__text'], none)
        ])
    }} as loan_lending_hk,
    {{
        hash_difference({
            'note': 'note'
        })
    }} as loan_state_hashdiff,
    {{
        hash_difference({
            'due': 'due:date'
        })
    }} as loan_lending_terms_hashdiff,
    deleted,
    loan,
    note,
    due,
    borrower,
    lender,
    shelf,
    slot,
    is_deleted,
    record_id,
    delivery_number,
    extract_datetime
from told
