-- One row per account and change of its presence in the full deliveries of finance.account. Insert only.
{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false) }}

with

snapshot as (
    select
        extract_datetime,
        max(load_datetime) as load_datetime,
        max(delivery_id) as delivery_id
    from {{ ref('pending_delivery') }}
    where record_source = 'finance.account'
    group by extract_datetime
),

present as (
    select distinct
        account_hk,
        extract_datetime
    from {{ ref('stg_finance__account') }}
    where account_hk not in ({{ ghost_keys() }})

    union

    -- A row in quarantine was delivered all the same: what it is about has not left.
    select
        hub.account_hk,
        held.extract_datetime
    from {{ source('landing', 'finance__account') }} as held
    inner join {{ ref('pending_delivery') }} as pending on held.delivery_id = pending.delivery_id
    inner join {{ ref('hub_account') }} as hub
        on {{ hash_key([counted('held.tili')]) }} = hub.account_hk
    where
        held.is_quarantined
        and held.tili is not null
),

earlier as (
    select *
    from
        {{
            latest_before(
                'finance.account', 'account_hk', 'is_present'
            )
        }} as latest
),

watched as (
    select account_hk from present
    union
    select account_hk from earlier
),

observed as (
    select
        watched.account_hk,
        present.account_hk is not null as is_present,
        snapshot.extract_datetime,
        snapshot.load_datetime,
        snapshot.delivery_id
    from watched
    cross join snapshot
    left join present
        on
            watched.account_hk = present.account_hk
            and snapshot.extract_datetime = present.extract_datetime
),

sequenced as (
    select
        observed.*,
        coalesce(
            lag(observed.is_present) over (partition by observed.account_hk order by observed.extract_datetime),
            earlier.is_present,
            false
        ) as was_present
    from observed
    left join earlier on observed.account_hk = earlier.account_hk
)

select
    account_hk,
    is_present,
    extract_datetime,
    load_datetime,
    'finance.account' as record_source,
    delivery_id
from sequenced
where
    is_present <> was_present
    {{ not_loaded('sequenced', ['account_hk', 'extract_datetime']) }}
{% if not is_incremental() %}
union all
{{ ghost_rows(['account_hk'], {'is_present': 'boolean'}) }}
{% endif %}
