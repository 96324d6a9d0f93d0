-- One row per cost_centre and change of its presence in the full deliveries of finance.cost_centre. Insert only.
{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false) }}

with

snapshot as (
    select
        extract_datetime,
        max(load_datetime) as load_datetime,
        max(delivery_id) as delivery_id
    from {{ ref('pending_delivery') }}
    where record_source = 'finance.cost_centre'
    group by extract_datetime
),

present as (
    select distinct
        cost_centre_hk,
        extract_datetime
    from {{ ref('stg_finance__cost_centre') }}
    where cost_centre_hk not in ({{ ghost_keys() }})

    union

    -- A row in quarantine was delivered all the same: what it is about has not left.
    select
        hub.cost_centre_hk,
        held.extract_datetime
    from {{ source('landing', 'finance__cost_centre') }} as held
    inner join {{ ref('pending_delivery') }} as pending on held.delivery_id = pending.delivery_id
    inner join {{ ref('hub_cost_centre') }} as hub
        on {{ hash_key([counted('held.kustannuspaikka')]) }} = hub.cost_centre_hk
    where
        held.is_quarantined
        and held.kustannuspaikka is not null
),

earlier as (
    select *
    from
        {{
            latest_before(
                'finance.cost_centre', 'cost_centre_hk', 'is_present'
            )
        }} as latest
),

watched as (
    select cost_centre_hk from present
    union
    select cost_centre_hk from earlier
),

observed as (
    select
        watched.cost_centre_hk,
        present.cost_centre_hk is not null as is_present,
        snapshot.extract_datetime,
        snapshot.load_datetime,
        snapshot.delivery_id
    from watched
    cross join snapshot
    left join present
        on
            watched.cost_centre_hk = present.cost_centre_hk
            and snapshot.extract_datetime = present.extract_datetime
),

sequenced as (
    select
        observed.*,
        coalesce(
            lag(observed.is_present) over (partition by observed.cost_centre_hk order by observed.extract_datetime),
            earlier.is_present,
            false
        ) as was_present
    from observed
    left join earlier on observed.cost_centre_hk = earlier.cost_centre_hk
)

select
    cost_centre_hk,
    is_present,
    extract_datetime,
    load_datetime,
    'finance.cost_centre' as record_source,
    delivery_id
from sequenced
where
    is_present <> was_present
    {{ not_loaded('sequenced', ['cost_centre_hk', 'extract_datetime']) }}
{% if not is_incremental() %}
union all
{{ ghost_rows(['cost_centre_hk'], {'is_present': 'boolean'}) }}
{% endif %}
