-- One row per member, what held from `valid_from` until `valid_to`, and when that was known: from `known_from`
-- until `known_to`. What did we know on day X about day Y: X in the one, Y in the other.
{{ config(materialized='view') }}

with

stated as (
    select
        member_hk,
        extract_datetime,
        load_datetime,
        max(hashdiff) as version
    from {{ ref('sat_member_home__desk_member') }}
    where record_source <> 'ghost'
    group by member_hk, extract_datetime, load_datetime
),

-- What counts until it is taken back, if it ever is.
statement as (
    select
        stated.*,
        coalesce(taken_back.load_datetime, {{ end_of_time() }}) as taken_back_datetime
    from stated
    left join (
        select
            member_hk,
            extract_datetime,
            min(load_datetime) as load_datetime
        from stated
        where version = {{ withdrawn() }}
        group by member_hk, extract_datetime
    ) as taken_back
        on
stated.member_hk = taken_back.member_hk
            and stated.extract_datetime = taken_back.extract_datetime
    where stated.version <> {{ withdrawn() }}
),

-- From each moment of knowing on: when what was stated ends. What is told anew of one extract, or taken back, ends where
-- it begins; what a statement ends that is taken back itself ends so only until then.
ending as (
    select
        member_hk,
        extract_datetime,
        load_datetime,
        load_datetime as known_from,
        {{ end_of_time() }} as known_until,
        {{ end_of_time() }} as valid_to
    from statement
    union all
    select
        member_hk,
        extract_datetime,
        load_datetime,
        taken_back_datetime as known_from,
        {{ end_of_time() }} as known_until,
        extract_datetime as valid_to
    from statement
    where taken_back_datetime < {{ end_of_time() }}
    union all
    select
        earlier.member_hk,
        earlier.extract_datetime,
        earlier.load_datetime,
        greatest(earlier.load_datetime, later.load_datetime) as known_from,
        later.taken_back_datetime as known_until,
        later.extract_datetime as valid_to
    from statement as earlier
    inner join statement as later
        on
earlier.member_hk = later.member_hk
            and later.taken_back_datetime > earlier.load_datetime
            and (
                later.extract_datetime > earlier.extract_datetime
                or (later.extract_datetime = earlier.extract_datetime and later.load_datetime > earlier.load_datetime)
            )
),

passing as (
    select *
    from ending
    where known_until < {{ end_of_time() }}
),

known as (
    select distinct
        member_hk,
        extract_datetime,
        load_datetime,
        known_from,
        min(case when known_until = {{ end_of_time() }} then valid_to end) over (
            partition by member_hk, extract_datetime, load_datetime
            order by known_from
        ) as valid_to
    from (
        select *
        from ending
        union all
        select
            member_hk,
            extract_datetime,
            load_datetime,
            known_until as known_from,
            {{ end_of_time() }} as known_until,
            {{ end_of_time() }} as valid_to
        from passing
    ) as moments
),

held as (
    select
        known.member_hk,
        known.extract_datetime,
        known.load_datetime,
        known.known_from,
        least(known.valid_to, coalesce(min(passing.valid_to), {{ end_of_time() }})) as valid_to
    from known
    left join passing
        on
known.member_hk = passing.member_hk
            and known.extract_datetime = passing.extract_datetime
            and known.load_datetime = passing.load_datetime
            and known.known_from >= passing.known_from
            and known.known_from < passing.known_until
    group by known.member_hk, known.extract_datetime, known.load_datetime, known.known_from, known.valid_to
),

changed as (
    select *
    from (
        select
            held.*,
            lag(valid_to) over (
                partition by member_hk, extract_datetime, load_datetime
                order by known_from
            ) as valid_to_before
        from held
    ) as ordered
    where valid_to is distinct from valid_to_before
),

stretch as (
    select
        changed.*,
        lead(known_from, 1, {{ end_of_time() }}) over (
            partition by member_hk, extract_datetime, load_datetime
            order by known_from
        ) as known_to
    from changed
)

select
    stretch.member_hk,
    told.town,
    told.street,
    stretch.extract_datetime as valid_from,
    stretch.valid_to,
    stretch.known_from,
    stretch.known_to,
    told.record_source
from stretch
inner join {{ ref('sat_member_home__desk_member') }} as told
    on
stretch.member_hk = told.member_hk
        and stretch.extract_datetime = told.extract_datetime
        and stretch.load_datetime = told.load_datetime
where stretch.valid_to > stretch.extract_datetime
