-- One row per ledger_entry and change of its entry, as finance.ledger told it. Insert only.
{{
    config(
        materialized='incremental',
        incremental_strategy='append',
        on_schema_change='append_new_columns',
        full_refresh=false
    )
}}

with

named as (
    select ledger_entry_hk
    from {{ ref('stg_finance__ledger') }}
    where
        ledger_entry_hk not in ({{ ghost_keys() }})
),

-- Keys that several staged records name: these are compared with each other too, not only with what is stored.
several as (
    select ledger_entry_hk
    from named
    group by ledger_entry_hk
    having count(*) > 1
),

-- The version of each key that stood before the earliest extract that is staged.
latest as (
    select *
    from
        {{
            latest_before(
                'finance.ledger', 'ledger_entry_hk', 'hashdiff', 'named',
                {
                    'posting_date': 'posting_date:date',
                    'counterparty_sector_code': 'counterparty_sector_code',
                    'amount': 'amount:decimal',
                    'account_hk': 'account_hk:key',
                    'cost_centre_hk': 'cost_centre_hk:key'
                }
            )
        }} as before
),

-- What each record of the several says.
claim as (
    select
        staged.ledger_entry_hk,
        staged.extract_datetime,
        staged.ledger_entry_entry_hashdiff as version,
        staged.record_id,
        staged.delivery_number
    from {{ ref('stg_finance__ledger') }} as staged
    semi join several on staged.ledger_entry_hk = several.ledger_entry_hk
),

-- What each extract says of them. A delivery that contradicts itself says nothing; if two deliveries contradict each
-- other, the version is withdrawn.
told as (
    select
        ledger_entry_hk,
        extract_datetime,
        case when min(version) = max(version) then min(version) else {{ withdrawn() }} end as version,
        min(record_id) as record_id
    from claim
    group by ledger_entry_hk, extract_datetime
    having min(version) = max(version) or min(delivery_number) < max(delivery_number)
),

-- Joined apart, so that the next join keeps only these few keys in memory.
latest_of_several as (
    select latest.*
    from latest
    semi join several on latest.ledger_entry_hk = several.ledger_entry_hk
),

sequenced as (
    select
        told.*,
        coalesce(lag(told.version) over by_time, latest.version) as previous_version,
        lag(told.record_id) over by_time as previous_record
    from told
    left join latest_of_several as latest
        on told.ledger_entry_hk = latest.ledger_entry_hk
    window by_time as (partition by told.ledger_entry_hk order by told.extract_datetime)
),

-- Versions that held for a time: the first delivery of an extract told them, and one that was registered later
-- contradicts it and withdraws them.
contradicted as (
    select
        ledger_entry_hk,
        min(record_id) as record_id,
        min(case when version <> first_version then delivery_number end) as withdrawn_by
    from (
        select
            claim.*,
            pending.load_datetime,
            first_value(claim.version) over (
                partition by claim.ledger_entry_hk, claim.extract_datetime
                order by claim.record_id
            ) as first_version
        from claim
        inner join {{ ref('pending_delivery') }} as pending on claim.delivery_number = pending.delivery_number
        inner join told
            on
                claim.ledger_entry_hk = told.ledger_entry_hk
                and claim.extract_datetime = told.extract_datetime
        where told.version = {{ withdrawn() }}
    ) as claims
    group by ledger_entry_hk, extract_datetime
    having min(load_datetime) < min(case when version <> first_version then load_datetime end)
),

-- Records of the several to write. What repeats the version before it is left out, unless that was registered later.
restated as (
    select record_id
    from sequenced
    where
        version <> {{ withdrawn() }}
        and (version is distinct from previous_version or previous_record > record_id)
    union all
    select record_id
    from contradicted
),

-- All records to write: of a key that one record names alone, that record if it differs from what is stored.
news as (
    select staged.*
    from {{ ref('stg_finance__ledger') }} as staged
    anti join several on staged.ledger_entry_hk = several.ledger_entry_hk
    left join latest on staged.ledger_entry_hk = latest.ledger_entry_hk
    where
        staged.ledger_entry_hk not in ({{ ghost_keys() }})
        and staged.ledger_entry_entry_hashdiff is distinct from latest.version
    union all
    select staged.*
    from {{ ref('stg_finance__ledger') }} as staged
    semi join restated on staged.record_id = restated.record_id
)

select
    staged.ledger_entry_hk,
    staged.ledger_entry_entry_hashdiff as hashdiff,
    staged.account_hk,
    staged.cost_centre_hk,
    {{ hash_recipe() }} as hash_recipe,
    staged.tosite as voucher_number,
    staged.rivi as voucher_row,
    staged.kirjauspvm as posting_date,
    staged.vastapuoli as counterparty_sector_code,
    staged.summa as amount,
    pending.extract_datetime,
    pending.load_datetime,
    pending.record_source,
    pending.delivery_id
from news as staged
inner join {{ ref('pending_delivery') }} as pending on staged.delivery_number = pending.delivery_number
{{ not_stated('staged', 'pending', 'ledger_entry_hk', 'finance.ledger') }}
union all
select
    contradicted.ledger_entry_hk,
    {{ withdrawn() }} as hashdiff,
    {{ not_applicable_key() }} as account_hk,
    {{ not_applicable_key() }} as cost_centre_hk,
    {{ hash_recipe() }} as hash_recipe,
    cast(null as string) as voucher_number,
    cast(null as bigint) as voucher_row,
    cast(null as date) as posting_date,
    cast(null as string) as counterparty_sector_code,
    cast(null as decimal(18, 2)) as amount,
    pending.extract_datetime,
    pending.load_datetime,
    pending.record_source,
    pending.delivery_id
from contradicted
inner join {{ ref('pending_delivery') }} as pending on contradicted.withdrawn_by = pending.delivery_number
{{
    not_stated(
        'contradicted', 'pending', 'ledger_entry_hk', 'finance.ledger',
        withdrawal='hashdiff'
    )
}}
{% if not is_incremental() %}
union all
{{
    ghost_rows(
        ['ledger_entry_hk', 'hashdiff', 'account_hk', 'cost_centre_hk'],
        {
            'voucher_number': 'string',
            'voucher_row': 'bigint',
            'posting_date': 'date',
            'counterparty_sector_code': 'string',
            'amount': 'decimal(18, 2)'
        },
        recipe=true
    )
}}
{% endif %}
