-- One row per delivery and target: records staged = unknown key + new + unchanged + duplicate + conflicting.
-- Written last: a delivery without its rows here is loaded again by the next run.
{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false) }}

with

counted as (
    select * from {{ ref('ledger_branch__member') }}
    union all
    select * from {{ ref('ledger_branch__phone') }}
    union all
    select * from {{ ref('ledger_branch__book') }}
    union all
    select * from {{ ref('ledger_branch__loan') }}
    union all
    select * from {{ ref('ledger_branch__item') }}
    union all
    select * from {{ ref('ledger_branch__genre') }}
    union all
    select * from {{ ref('ledger_calendar__open_day') }}
    union all
    select * from {{ ref('ledger_desk__member') }}
    union all
    select * from {{ ref('ledger_desk__phone') }}
    union all
    select * from {{ ref('ledger_desk__book') }}
    union all
    select * from {{ ref('ledger_desk__loan') }}
    union all
    select * from {{ ref('ledger_desk__item') }}
    union all
    select * from {{ ref('ledger_desk__genre') }}
    union all
    select * from {{ ref('ledger_desk__fine') }}
    union all
    select * from {{ ref('ledger_desk__payment') }}
    union all
    select * from {{ ref('ledger_kiosk__member') }}
    union all
    select * from {{ ref('ledger_kiosk__phone') }}
    union all
    select * from {{ ref('ledger_kiosk__book') }}
    union all
    select * from {{ ref('ledger_kiosk__loan') }}
    union all
    select * from {{ ref('ledger_kiosk__item') }}
    union all
    select * from {{ ref('ledger_kiosk__genre') }}
    union all
    select * from {{ ref('ledger_kiosk__fine') }}
    union all
    select * from {{ ref('ledger_kiosk__payment') }}
    union all
    select * from {{ ref('ledger_till__member') }}
    union all
    select * from {{ ref('ledger_till__phone') }}
    union all
    select * from {{ ref('ledger_till__book') }}
    union all
    select * from {{ ref('ledger_till__loan') }}
    union all
    select * from {{ ref('ledger_till__item') }}
    union all
    select * from {{ ref('ledger_till__genre') }}
    union all
    select * from {{ ref('ledger_till__fine') }}
    union all
    select * from {{ ref('ledger_till__payment') }}
    union all
    select * from {{ ref('ledger_web__member') }}
    union all
    select * from {{ ref('ledger_web__phone') }}
    union all
    select * from {{ ref('ledger_web__book') }}
    union all
    select * from {{ ref('ledger_web__loan') }}
    union all
    select * from {{ ref('ledger_web__item') }}
    union all
    select * from {{ ref('ledger_web__genre') }}
    union all
    select * from {{ ref('ledger_web__fine') }}
    union all
    select * from {{ ref('ledger_web__payment') }}

    union all

    -- A delivery without a record has been loaded too.
    select
        delivery_id,
        record_source,
        'delivery' as target,
        'delivery' as subject,
        0 as staged,
        0 as unknown_key,
        0 as new,
        0 as unchanged,
        0 as duplicate,
        0 as conflicting
    from {{ ref('pending_delivery') }}
)

select counted.*
from counted
inner join {{ ref('pending_delivery') }} as pending on counted.delivery_id = pending.delivery_id
{{ not_loaded('counted', ['delivery_id', 'target', 'subject']) }}
where not pending.is_loaded
