-- One row per book and sequel and time from which web.book tells of it, where lnk_book_sequel does not say so already:
-- told earlier but registered later, or told by another source first. Insert only.
{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false) }}

with

-- Relations of which the link says another time: another source told them first, or a delivery that is read now is
-- earlier. Mostly there are none.
otherwise as (
    select
        book_sequel_hk,
        extract_datetime,
        record_source
    from {{ ref('lnk_book_sequel') }}
    where
        record_source <> 'ghost'
        and (record_source <> 'web.book' or extract_datetime > {{ earliest('web.book') }})
),

told as (
    select
        staged.book_sequel_hk,
        pending.extract_datetime,
        pending.load_datetime,
        min(pending.delivery_number) as delivery_number
    from {{ ref('stg_web__book') }} as staged
    inner join {{ ref('pending_delivery') }} as pending on staged.delivery_number = pending.delivery_number
    inner join otherwise on staged.book_sequel_hk = otherwise.book_sequel_hk
    {% if is_incremental() %}
    anti join {{ this }} as held
        on
            staged.book_sequel_hk = held.book_sequel_hk
            and staged.extract_datetime >= held.extract_datetime
    {% endif %}
    where
        staged.book_hk not in ({{ ghost_keys() }})
        and (otherwise.record_source <> 'web.book' or otherwise.extract_datetime > staged.extract_datetime)
    group by staged.book_sequel_hk, pending.extract_datetime, pending.load_datetime
),

sequenced as (
    select
        told.*,
        min(told.delivery_number) over (
            partition by told.book_sequel_hk
            order by told.extract_datetime, told.load_datetime
            rows between unbounded preceding and 1 preceding
        ) as told_before
    from told
)

select
    sequenced.book_sequel_hk,
    pending.extract_datetime,
    pending.load_datetime,
    pending.record_source,
    pending.delivery_id
from sequenced
inner join {{ ref('pending_delivery') }} as pending on sequenced.delivery_number = pending.delivery_number
where sequenced.told_before is null or sequenced.delivery_number < sequenced.told_before
{% if not is_incremental() %}
union all
{{ ghost_rows(['book_sequel_hk'], {}) }}
{% endif %}
