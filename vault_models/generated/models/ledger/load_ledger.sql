-- One row per delivery and target: records staged = unknown key + new + unchanged + duplicate + conflicting.
-- Written last: a delivery without its rows here is loaded again by the next run.
{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false) }}

with

counted as (
    select * from {{ ref('ledger_finance__ledger') }}
    union all
    select * from {{ ref('ledger_finance__account') }}
    union all
    select * from {{ ref('ledger_finance__cost_centre') }}
    union all
    select * from {{ ref('ledger_hr__employment') }}
    union all
    select * from {{ ref('ledger_hr__absence') }}
    union all
    select * from {{ ref('ledger_patient__avohilmo') }}
    union all
    select * from {{ ref('ledger_patient__referral') }}
    union all
    select * from {{ ref('ledger_patient__queue') }}
    union all
    select * from {{ ref('ledger_reference__resident') }}
    union all
    select * from {{ ref('ledger_reference__unit') }}
    union all
    select * from {{ ref('ledger_reference__code') }}
    union all
    select * from {{ ref('ledger_social__matter') }}
    union all
    select * from {{ ref('ledger_social__decision') }}

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
