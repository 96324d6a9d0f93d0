-- One row per member and change of its presence in the partition deliveries of branch.member. Insert only.
{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false) }}

with

-- The snapshots to judge, counted from the earliest that waits. One that is told again has a place for each telling:
-- in it is whoever any telling up to it has named.
snapshot as (
    select
        partition_value,
        extract_datetime,
        load_datetime,
        max(delivery_id) as delivery_id,
        row_number() over (partition by partition_value order by extract_datetime, load_datetime) as place
    from {{ ref('pending_delivery') }}
    where record_source = 'branch.member'
    group by partition_value, extract_datetime, load_datetime
),

seen as (
    select
        staged.member_hk,
        pending.partition_value,
        pending.extract_datetime,
        pending.load_datetime,
        1 as is_accepted
    from {{ ref('stg_branch__member') }} as staged
    inner join {{ ref('pending_delivery') }} as pending on staged.delivery_number = pending.delivery_number
    where
        staged.member_hk not in ({{ ghost_keys() }})
    union all
    -- A row in quarantine says nothing about its key: it has neither left nor come back.
    select
        {{
            hash_key([
                counted(kept_text('held.number'))
            ])
        }} as member_hk,
        pending.partition_value,
        pending.extract_datetime,
        pending.load_datetime,
        0 as is_accepted
    from {{ ref('landing_branch__member') }} as held
    inner join {{ ref('pending_delivery') }} as pending on held.delivery_id = pending.delivery_id
    where
        held.is_quarantined
        and held.number is not null
),

placed as (
    select
        seen.member_hk,
        seen.partition_value,
        snapshot.place,
        max(seen.is_accepted) as is_accepted,
        snapshot.place - row_number() over (
            partition by seen.member_hk, seen.partition_value
            order by snapshot.place
        ) as gap
    from seen
    inner join snapshot
        on
            seen.partition_value = snapshot.partition_value
            and seen.extract_datetime = snapshot.extract_datetime
            and seen.load_datetime <= snapshot.load_datetime
    group by seen.member_hk, seen.partition_value, snapshot.place
),

-- Snapshots without a gap in which the key was seen.
stretch as (
    select
        member_hk,
        partition_value,
        min(place) as first_place,
        max(place) as last_place,
        min(case when is_accepted = 1 then place end) as accepted_place
    from placed
    group by member_hk, partition_value, gap
),

-- Who was there before the first of them.
told as (
    select distinct member_hk from stretch
),

standing as (
    select
        member_hk,
        partition_value
    from {{ latest_presence('branch.member', 'member_hk') }} as latest
    where is_present
),

-- From the snapshot in which it was accepted to the one after the last in which it was seen.
present as (
    select
        coalesce(stretch.member_hk, standing.member_hk) as member_hk,
        coalesce(stretch.partition_value, standing.partition_value) as partition_value,
        case when standing.member_hk is null then stretch.accepted_place end as arrival,
        coalesce(stretch.last_place, 0) + 1 as departure
    from (select * from stretch where first_place = 1) as stretch
    full join standing
        on stretch.member_hk = standing.member_hk and stretch.partition_value = standing.partition_value
    where standing.member_hk is not null or stretch.accepted_place is not null
    union all
    select
        member_hk,
        partition_value,
        accepted_place as arrival,
        last_place + 1 as departure
    from stretch
    where first_place > 1 and accepted_place is not null
),

change as (
    select
        moved.*,
        snapshot.load_datetime,
        lead(moved.place) over (
            partition by moved.member_hk, moved.partition_value
            order by moved.place
        ) as next_place
    from (
        select member_hk, partition_value, arrival as place, true as is_present
        from present
        union all
        select member_hk, partition_value, departure as place, false as is_present
        from present
    ) as moved
    inner join snapshot on moved.partition_value = snapshot.partition_value and moved.place = snapshot.place
),

-- A later snapshot that says the same and was registered before the one that tells of the change says it again.
again as (
    select
        change.member_hk,
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
            change.member_hk = placed.member_hk
            and change.partition_value = placed.partition_value
            and snapshot.place = placed.place
    where case when change.is_present then placed.is_accepted = 1 else placed.is_accepted is null end
),

statement as (
    select member_hk, partition_value, is_present, place
    from change
    union all
    select member_hk, partition_value, is_present, place
    from again
)

select
    statement.member_hk,
    snapshot.partition_value,
    statement.is_present,
    snapshot.extract_datetime,
    snapshot.load_datetime,
    'branch.member' as record_source,
    snapshot.delivery_id
from statement
inner join snapshot
    on statement.partition_value = snapshot.partition_value and statement.place = snapshot.place
{{ not_stated('statement', 'snapshot', 'member_hk', 'branch.member', also=['partition_value']) }}
{% if not is_incremental() %}
union all
{{ ghost_rows(['member_hk'], {'partition_value': 'string', 'is_present': 'boolean'}) }}
{% endif %}
