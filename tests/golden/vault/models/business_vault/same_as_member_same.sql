-- One row per member: the one that all of the same stand under, `master_hk`; itself if there is no other.
{{ config(materialized='view') }}

with recursive

pair as (
    select
        member_hk,
        twin_hk
    from {{ ref('current_member_same_relation') }}
    where twin_hk not in ({{ ghost_keys() }})
),

reached (member_hk, twin_hk, distance) as (
    select
        member_hk,
        twin_hk,
        1 as distance
    from pair
    union all
    select
        reached.member_hk,
        pair.twin_hk,
        reached.distance + 1 as distance
    from reached
    inner join pair on reached.twin_hk = pair.member_hk
    where reached.distance < 100
),

-- The last one of the way; of a ring, which has no last one, the least.
master as (
    select
        reached.member_hk,
        coalesce(min(case when pair.member_hk is null then reached.twin_hk end), min(reached.twin_hk)) as master_hk
    from reached
    left join pair on reached.twin_hk = pair.member_hk
    group by reached.member_hk
)

select
    hub.member_hk,
    coalesce(master.master_hk, hub.member_hk) as master_hk
from {{ ref('hub_member') }} as hub
left join master on hub.member_hk = master.member_hk
where hub.member_hk not in ({{ ghost_keys() }})
