-- One row per book and each one above it: `distance` is 1 for the nearest.
{{ config(materialized='view') }}

with recursive

pair as (
    select
        book_hk,
        whole_hk
    from {{ ref('current_book_part_of_relation') }}
    where whole_hk not in ({{ ghost_keys() }})
),

-- A ring in the data would never end; no hierarchy of the kind is 100 levels high. Who is reached on many ways of one
-- length is reached once: in a ring of several each, the ways alone would be more than any machine can hold.
above (book_hk, whole_hk, distance) as (
    select
        book_hk,
        whole_hk,
        1 as distance
    from pair
    union all
    select distinct
        above.book_hk,
        pair.whole_hk,
        above.distance + 1 as distance
    from above
    inner join pair on above.whole_hk = pair.book_hk
    where above.distance < 100
)

select
    book_hk,
    whole_hk,
    min(distance) as distance
from above
group by book_hk, whole_hk
