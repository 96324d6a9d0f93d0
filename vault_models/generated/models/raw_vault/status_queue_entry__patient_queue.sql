-- One row per queue_entry and change of its presence in the full deliveries of patient.queue. Insert only.
{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false) }}

with

snapshot as (
    select
        extract_datetime,
        max(load_datetime) as load_datetime,
        max(delivery_id) as delivery_id
    from {{ ref('pending_delivery') }}
    where record_source = 'patient.queue'
    group by extract_datetime
),

present as (
    select distinct
        queue_entry_hk,
        extract_datetime
    from {{ ref('stg_patient__queue') }}
    where queue_entry_hk not in ({{ ghost_keys() }})

    union

    -- A row in quarantine was delivered all the same: what it is about has not left.
    select
        hub.queue_entry_hk,
        held.extract_datetime
    from {{ source('landing', 'patient__queue') }} as held
    inner join {{ ref('pending_delivery') }} as pending on held.delivery_id = pending.delivery_id
    inner join {{ ref('hub_queue_entry') }} as hub
        on {{ hash_key(["'patient'", counted('held.jono_id')]) }} = hub.queue_entry_hk
    where
        held.is_quarantined
        and held.jono_id is not null
),

earlier as (
    select *
    from
        {{
            latest_before(
                'patient.queue', 'queue_entry_hk', 'is_present'
            )
        }} as latest
),

watched as (
    select queue_entry_hk from present
    union
    select queue_entry_hk from earlier
),

observed as (
    select
        watched.queue_entry_hk,
        present.queue_entry_hk is not null as is_present,
        snapshot.extract_datetime,
        snapshot.load_datetime,
        snapshot.delivery_id
    from watched
    cross join snapshot
    left join present
        on
            watched.queue_entry_hk = present.queue_entry_hk
            and snapshot.extract_datetime = present.extract_datetime
),

sequenced as (
    select
        observed.*,
        coalesce(
            lag(observed.is_present) over (partition by observed.queue_entry_hk order by observed.extract_datetime),
            earlier.is_present,
            false
        ) as was_present
    from observed
    left join earlier on observed.queue_entry_hk = earlier.queue_entry_hk
)

select
    queue_entry_hk,
    is_present,
    extract_datetime,
    load_datetime,
    'patient.queue' as record_source,
    delivery_id
from sequenced
where
    is_present <> was_present
    {{ not_loaded('sequenced', ['queue_entry_hk', 'extract_datetime']) }}
{% if not is_incremental() %}
union all
{{ ghost_rows(['queue_entry_hk'], {'is_present': 'boolean'}) }}
{% endif %}
