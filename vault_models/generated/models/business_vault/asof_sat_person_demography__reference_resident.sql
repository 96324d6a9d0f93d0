-- One row per person, what held, and when that was known.
-- It held from `valid_from` until `valid_to`, and was known from `known_from` until `known_to`: what did we know on
-- day X about day Y?
{{ config(materialized='view') }}

with

-- What is stated of an extract is known until something else is stated of the same.
statement as (
    select
        told.*,
        lead(load_datetime, 1, {{ end_of_time() }}) over (
            partition by person_hk, extract_datetime
            order by load_datetime
        ) as known_until
    from (
        select
            person_hk,
            extract_datetime,
            load_datetime,
            max(hashdiff) as version
        from {{ ref('sat_person_demography__reference_resident') }}
        where record_source <> 'ghost'
        group by person_hk, extract_datetime, load_datetime
    ) as told
),

moment as (
    select distinct
        person_hk,
        load_datetime as known_from
    from statement
),

-- What was known of the key at each moment at which anything of it came to be known. What is withdrawn at that moment
-- ends nothing, so the version before it holds on.
known as (
    select
        statement.*,
        moment.known_from,
        coalesce(
            statement.version <> lag(statement.version) over (
                partition by statement.person_hk, moment.known_from
                order by statement.extract_datetime
            ),
            true
        ) as is_news
    from statement
    inner join moment
        on
            statement.person_hk = moment.person_hk
            and moment.known_from >= statement.load_datetime
            and moment.known_from < statement.known_until
    where statement.version <> {{ withdrawn() }}
),

-- Until when each statement holds; one that repeats what stood before it holds for no time.
held as (
    select
        known.*,
        case
            when not is_news then extract_datetime
            else coalesce(
                min(case when is_news then extract_datetime end) over (
                    partition by person_hk, known_from
                    order by extract_datetime
                    rows between 1 following and unbounded following
                ),
                {{ end_of_time() }}
            )
        end as valid_to
    from known
),

-- A moment that changes nothing of a statement is no new row.
stretch as (
    select
        ordered.*,
        coalesce(
            lead(known_from) over (
                partition by person_hk, extract_datetime, load_datetime
                order by known_from
            ),
            known_until
        ) as known_to
    from (
        select
            held.*,
            lag(valid_to) over (
                partition by person_hk, extract_datetime, load_datetime
                order by known_from
            ) as valid_to_before
        from held
    ) as ordered
    where valid_to is distinct from valid_to_before
)

select
    stretch.person_hk,
    stated.sex_code,
    stated.birth_date,
    stated.death_date,
    stated.language_code,
    stretch.extract_datetime as valid_from,
    stretch.valid_to,
    stretch.known_from,
    stretch.known_to,
    stated.record_source
from stretch
inner join {{ ref('sat_person_demography__reference_resident') }} as stated
    on
        stretch.person_hk = stated.person_hk
        and stretch.extract_datetime = stated.extract_datetime
        and stretch.load_datetime = stated.load_datetime
where stretch.valid_to > stretch.extract_datetime
