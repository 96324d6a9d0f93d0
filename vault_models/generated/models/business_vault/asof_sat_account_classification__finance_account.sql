-- One row per account, what held from `valid_from` until `valid_to`, and when that was known: from `known_from`
-- until `known_to`. What did we know on day X about day Y: X in the one, Y in the other.
{{ config(materialized='view') }}

with

statement as (
    select
        account_hk,
        extract_datetime,
        load_datetime,
        max(hashdiff) as version
    from {{ ref('sat_account_classification__finance_account') }}
    where record_source <> 'ghost'
    group by account_hk, extract_datetime, load_datetime
),

-- From each moment of knowing on: when what was stated ends. What is told anew of one extract ends where it begins.
ending as (
    select
        account_hk,
        extract_datetime,
        load_datetime,
        version,
        load_datetime as known_from,
        {{ end_of_time() }} as valid_to
    from statement
    union all
    select
        earlier.account_hk,
        earlier.extract_datetime,
        earlier.load_datetime,
        earlier.version,
        greatest(earlier.load_datetime, later.load_datetime) as known_from,
        later.extract_datetime as valid_to
    from statement as earlier
    inner join statement as later
        on
            earlier.account_hk = later.account_hk
            and (
                later.extract_datetime > earlier.extract_datetime
                or (later.extract_datetime = earlier.extract_datetime and later.load_datetime > earlier.load_datetime)
            )
),

known as (
    select
        ending.*,
        min(valid_to) over (
            partition by account_hk, extract_datetime, load_datetime
            order by known_from
        ) as ends
    from ending
),

stretch as (
    select
        account_hk,
        extract_datetime,
        load_datetime,
        version,
        ends as valid_to,
        min(known_from) as known_from,
        lead(min(known_from), 1, {{ end_of_time() }}) over (
            partition by account_hk, extract_datetime, load_datetime
            order by min(known_from)
        ) as known_to
    from known
    group by account_hk, extract_datetime, load_datetime, version, ends
)

select
    stretch.account_hk,
    stated.account_name_fi,
    stated.account_name_sv,
    stated.account_group_code,
    stretch.extract_datetime as valid_from,
    stretch.valid_to,
    stretch.known_from,
    stretch.known_to,
    stated.record_source
from stretch
inner join {{ ref('sat_account_classification__finance_account') }} as stated
    on
        stretch.account_hk = stated.account_hk
        and stretch.extract_datetime = stated.extract_datetime
        and stretch.load_datetime = stated.load_datetime
where
    stretch.valid_to > stretch.extract_datetime
    and stretch.version <> {{ withdrawn() }}
