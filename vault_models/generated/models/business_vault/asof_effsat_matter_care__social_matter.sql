-- One row per matter, what held from `valid_from` until `valid_to`, and when that was known: from `known_from`
-- until `known_to`. What did we know on day X about day Y: X in the one, Y in the other.
{{ config(materialized='view') }}

with

statement as (
    select
        matter_hk,
        extract_datetime,
        load_datetime,
        max(matter_care_hk) as version
    from {{ ref('effsat_matter_care__social_matter') }}
    where record_source <> 'ghost'
    group by matter_hk, extract_datetime, load_datetime
),

-- From each moment of knowing on: when what was stated ends. What is told anew of one extract ends where it begins.
ending as (
    select
        matter_hk,
        extract_datetime,
        load_datetime,
        version,
        load_datetime as known_from,
        {{ end_of_time() }} as valid_to
    from statement
    union all
    select
        earlier.matter_hk,
        earlier.extract_datetime,
        earlier.load_datetime,
        earlier.version,
        greatest(earlier.load_datetime, later.load_datetime) as known_from,
        later.extract_datetime as valid_to
    from statement as earlier
    inner join statement as later
        on
            earlier.matter_hk = later.matter_hk
            and (
                later.extract_datetime > earlier.extract_datetime
                or (later.extract_datetime = earlier.extract_datetime and later.load_datetime > earlier.load_datetime)
            )
),

known as (
    select
        ending.*,
        min(valid_to) over (
            partition by matter_hk, extract_datetime, load_datetime
            order by known_from
        ) as ends
    from ending
),

stretch as (
    select
        matter_hk,
        extract_datetime,
        load_datetime,
        version,
        ends as valid_to,
        min(known_from) as known_from,
        lead(min(known_from), 1, {{ end_of_time() }}) over (
            partition by matter_hk, extract_datetime, load_datetime
            order by min(known_from)
        ) as known_to
    from known
    group by matter_hk, extract_datetime, load_datetime, version, ends
)

select
    stretch.matter_hk,
    stated.matter_care_hk,
    stretch.extract_datetime as valid_from,
    stretch.valid_to,
    stretch.known_from,
    stretch.known_to,
    stated.record_source
from stretch
inner join {{ ref('effsat_matter_care__social_matter') }} as stated
    on
        stretch.matter_hk = stated.matter_hk
        and stretch.extract_datetime = stated.extract_datetime
        and stretch.load_datetime = stated.load_datetime
where
    stretch.valid_to > stretch.extract_datetime
    and stretch.version <> {{ withdrawn() }}
