-- One row per queue_entry and change of its presence in the full deliveries of patient.queue. Insert only.
{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false) }}

with

-- The snapshots to judge, numbered by `place` from the earliest that waits. An extract that is delivered again has a
-- place for each registration, the first of them its `opening`; in a place is whatever the extract named up to it.
snapshot as (
    select
        told.*,
        min(told.place) over (partition by told.partition_value, told.extract_datetime) as opening
    from (
        select
            partition_value,
            extract_datetime,
            load_datetime,
            max(delivery_id) as delivery_id,
            row_number() over (partition by partition_value order by extract_datetime, load_datetime) as place
        from {{ ref('pending_delivery') }}
        where record_source = 'patient.queue'
        group by partition_value, extract_datetime, load_datetime
    ) as told
),

-- The keys that each snapshot names, and when they were accepted.
seen as (
    select
        staged.queue_entry_hk,
        pending.partition_value,
        pending.extract_datetime,
        pending.load_datetime,
        pending.load_datetime as accepted_at
    from {{ ref('stg_patient__queue') }} as staged
    inner join {{ ref('pending_delivery') }} as pending on staged.delivery_number = pending.delivery_number
    where
        staged.queue_entry_hk not in ({{ ghost_keys() }})
    union all
    -- A row in quarantine says nothing about its key: it has neither left nor come back.
    select
        {{
            hash_key([
                "'patient'",
                counted(kept_text('held.jono_id'))
            ])
        }} as queue_entry_hk,
        pending.partition_value,
        pending.extract_datetime,
        pending.load_datetime,
        cast(null as timestamp) as accepted_at
    from {{ source('landing', 'patient__queue') }} as held
    inner join {{ ref('pending_delivery') }} as pending on held.delivery_id = pending.delivery_id
    where
        held.is_quarantined
        and held.jono_id is not null
),

-- Keys by place; a key that was there before the first of the snapshots has place 0.
placed as (
    select
        seen.queue_entry_hk,
        seen.partition_value,
        snapshot.place,
        snapshot.opening,
        min(seen.accepted_at) as accepted_at
    from seen
    inner join snapshot
        on
            seen.partition_value = snapshot.partition_value
            and seen.extract_datetime = snapshot.extract_datetime
            and seen.load_datetime <= snapshot.load_datetime
    group by seen.queue_entry_hk, seen.partition_value, snapshot.place, snapshot.opening
    union all
    select
        queue_entry_hk,
        partition_value,
        0 as place,
        0 as opening,
        cast('1900-01-01 00:00:00' as timestamp) as accepted_at
    from {{ latest_presence('patient.queue', 'queue_entry_hk') }} as latest
    where is_present
),

-- Runs of places that have the key. A run goes on from the one before it (`is_new` = 0) where only earlier
-- registrations of its first extract lie between, which left the key out.
stretch as (
    select
        queue_entry_hk,
        partition_value,
        min(place) as first_place,
        max(place) as last_place,
        min(case when accepted_at is not null then place end) as accepted_place,
        case
            when min(opening) - 1 = lag(max(place)) over (
                partition by queue_entry_hk, partition_value
                order by min(place)
            ) then 0
            else 1
        end as is_new
    from (
        select
            placed.*,
            place - row_number() over (partition by queue_entry_hk, partition_value order by place) as gap
        from placed
    ) as counted
    group by queue_entry_hk, partition_value, gap
),

-- Runs that go on from each other are one chain.
chained as (
    select
        stretch.*,
        sum(is_new) over (partition by queue_entry_hk, partition_value order by first_place) as chain
    from stretch
),

-- Each run as arrival, its first place at which a row of its chain had been accepted, and departure, the place after.
present as (
    select
        queue_entry_hk,
        partition_value,
        greatest(accepted_place, first_place) as arrival,
        last_place + 1 as departure
    from (
        select
            queue_entry_hk,
            partition_value,
            first_place,
            last_place,
            min(accepted_place) over (
                partition by queue_entry_hk, partition_value, chain
                order by first_place
            ) as accepted_place
        from chained
    ) as accepted
    where accepted_place is not null
),

-- Arrivals and departures that fall on a snapshot to judge, in order.
change as (
    select
        moved.*,
        snapshot.load_datetime,
        lead(moved.place) over (
            partition by moved.queue_entry_hk, moved.partition_value
            order by moved.place
        ) as next_place
    from (
        select queue_entry_hk, partition_value, arrival as place, true as is_present
        from present
        union all
        select queue_entry_hk, partition_value, departure as place, false as is_present
        from present
    ) as moved
    inner join snapshot on moved.partition_value = snapshot.partition_value and moved.place = snapshot.place
),

-- What a late snapshot changes, later snapshots that agree and were registered before it state again, for until it came
-- they alone told of it; of an extract that is delivered again the first registration that agrees.
again as (
    select
        change.queue_entry_hk,
        change.partition_value,
        change.is_present,
        snapshot.place
    from change
    inner join snapshot
        on
            change.partition_value = snapshot.partition_value
            and change.place < snapshot.place
            and (change.next_place is null or snapshot.place < change.next_place)
            and snapshot.load_datetime < change.load_datetime
    left join placed
        on
            change.queue_entry_hk = placed.queue_entry_hk
            and change.partition_value = placed.partition_value
            and snapshot.place = placed.place
    where
        case
            when change.is_present then placed.accepted_at = snapshot.load_datetime
            else placed.queue_entry_hk is null and snapshot.place = snapshot.opening
        end
),

statement as (
    select queue_entry_hk, partition_value, is_present, place
    from change
    union all
    select queue_entry_hk, partition_value, is_present, place
    from again
)

select
    statement.queue_entry_hk,
    snapshot.partition_value,
    statement.is_present,
    snapshot.extract_datetime,
    snapshot.load_datetime,
    'patient.queue' as record_source,
    snapshot.delivery_id
from statement
inner join snapshot
    on statement.partition_value = snapshot.partition_value and statement.place = snapshot.place
{{ not_stated('statement', 'snapshot', 'queue_entry_hk', 'patient.queue', also=['partition_value']) }}
{% if not is_incremental() %}
union all
{{ ghost_rows(['queue_entry_hk'], {'partition_value': 'string', 'is_present': 'boolean'}) }}
{% endif %}
