-- One row per delivered record of desk.book that waits for its load, or is later than one that waits:
-- typed, with every key and hash difference computed once.
{{ config(materialized='table') }}

with

delivered as (
    select
        {{ kept_text('landed.shelf') }} as shelf,
        landed.slot,
        {{ kept_text('landed.condition') }} as condition,
        {{ kept_text('landed.keeper') }} as keeper,
        {{ kept_text('landed.whole_shelf') }} as whole_shelf,
        landed.whole_slot,
        {{ kept_text('landed.before_shelf') }} as before_shelf,
        landed.before_slot,
        {{ record_id('pending.delivery_number', 'landed.record_number') }} as record_id,
        pending.delivery_number,
        pending.extract_datetime
    from {{ ref('landing_desk__book') }} as landed
    inner join {{ ref('pending_delivery') }} as pending on landed.delivery_id = pending.delivery_id
    where
        pending.record_source = 'desk.book'
        and landed.is_quarantined is not true
),

told as (
    select
        delivered.*,
        {{ counted('shelf') }} as shelf__text,
        {{ counted('slot', 'integer') }} as slot__text,
        {{ counted('keeper') }} as keeper__text,
        {{ counted('whole_shelf') }} as whole_shelf__text,
        {{ counted('whole_slot', 'integer') }} as whole_slot__text,
        {{ counted('before_shelf') }} as before_shelf__text,
        {{ counted('before_slot', 'integer') }} as before_slot__text
    from delivered
)

select
    {{ hash_key(['shelf__text', 'slot__text']) }} as book_hk,
    {{ hash_key(['keeper__text']) }} as keeper_hk,
    {{ hash_key(['whole_shelf__text', 'whole_slot__text'], when='whole_shelf') }} as whole_hk,
    {{ hash_key(['before_shelf__text', 'before_slot__text'], when='before_shelf') }} as previous_hk,
    {{
        hash_link([
            (['shelf__text', 'slot__text'], none),
            (['keeper__text'], none)
        ])
    }} as book_keeping_hk,
    {{
        hash_link([
            (['shelf__text', 'slot__text'], none),
            (['whole_shelf__text', 'whole_slot__text'], 'whole_shelf')
        ])
    }} as book_part_of_hk,
    {{
        hash_link([
            (['shelf__text', 'slot__text'], none),
            (['before_shelf__text', 'before_slot__text'], 'before_shelf')
        ])
    }} as book_sequel_hk,
    {{
        hash_difference({
            'condition': 'condition'
        })
    }} as book_keeping_hashdiff,
    shelf,
    slot,
    condition,
    keeper,
    whole_shelf,
    whole_slot,
    before_shelf,
    before_slot,
    record_id,
    delivery_number,
    extract_datetime
from told
