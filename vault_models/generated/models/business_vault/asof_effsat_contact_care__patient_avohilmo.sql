-- One row per contact, what held from `valid_from` until `valid_to`, and when that was known: from `known_from`
-- until `known_to`. What did we know on day X about day Y: X in the one, Y in the other.
{{ config(materialized='view') }}

with

statement as (
    select
        contact_hk,
        extract_datetime,
        load_datetime,
        max(contact_care_hk) as version
    from {{ ref('effsat_contact_care__patient_avohilmo') }}
    where record_source <> 'ghost'
    group by contact_hk, extract_datetime, load_datetime
),

-- From each moment of knowing on: when what was stated ends. What is told anew of one extract ends where it begins.
ending as (
    select
        contact_hk,
        extract_datetime,
        load_datetime,
        version,
        load_datetime as known_from,
        {{ end_of_time() }} as valid_to
    from statement
    union all
    select
        earlier.contact_hk,
        earlier.extract_datetime,
        earlier.load_datetime,
        earlier.version,
        greatest(earlier.load_datetime, later.load_datetime) as known_from,
        later.extract_datetime as valid_to
    from statement as earlier
    inner join statement as later
        on
            earlier.contact_hk = later.contact_hk
            and (
                later.extract_datetime > earlier.extract_datetime
                or (later.extract_datetime = earlier.extract_datetime and later.load_datetime > earlier.load_datetime)
            )
),

known as (
    select
        ending.*,
        min(valid_to) over (
            partition by contact_hk, extract_datetime, load_datetime
            order by known_from
        ) as ends
    from ending
),

stretch as (
    select
        contact_hk,
        extract_datetime,
        load_datetime,
        version,
        ends as valid_to,
        min(known_from) as known_from,
        lead(min(known_from), 1, {{ end_of_time() }}) over (
            partition by contact_hk, extract_datetime, load_datetime
            order by min(known_from)
        ) as known_to
    from known
    group by contact_hk, extract_datetime, load_datetime, version, ends
)

select
    stretch.contact_hk,
    stated.contact_care_hk,
    stretch.extract_datetime as valid_from,
    stretch.valid_to,
    stretch.known_from,
    stretch.known_to,
    stated.record_source
from stretch
inner join {{ ref('effsat_contact_care__patient_avohilmo') }} as stated
    on
        stretch.contact_hk = stated.contact_hk
        and stretch.extract_datetime = stated.extract_datetime
        and stretch.load_datetime = stated.load_datetime
where
    stretch.valid_to > stretch.extract_datetime
    and stretch.version <> {{ withdrawn() }}
