-- One row per referral, what held, and when that was known.
-- It held from `valid_from` until `valid_to`, and was known from `known_from` until `known_to`: what did we know on
-- day X about day Y?
{{ config(materialized='view') }}

with

-- What is stated of an extract is known until something else is stated of the same.
statement as (
    select
        told.*,
        lead(load_datetime, 1, {{ end_of_time() }}) over (
            partition by referral_hk, extract_datetime
            order by load_datetime
        ) as known_until
    from (
        select
            referral_hk,
            extract_datetime,
            load_datetime,
            max(hashdiff) as version
        from {{ ref('sat_referral_processing__patient_referral') }}
        where record_source <> 'ghost'
        group by referral_hk, extract_datetime, load_datetime
    ) as told
),

moment as (
    select distinct
        referral_hk,
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
                partition by statement.referral_hk, moment.known_from
                order by statement.extract_datetime
            ),
            true
        ) as is_news
    from statement
    inner join moment
        on
            statement.referral_hk = moment.referral_hk
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
                    partition by referral_hk, known_from
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
                partition by referral_hk, extract_datetime, load_datetime
                order by known_from
            ),
            known_until
        ) as known_to
    from (
        select
            held.*,
            lag(valid_to) over (
                partition by referral_hk, extract_datetime, load_datetime
                order by known_from
            ) as valid_to_before
        from held
    ) as ordered
    where valid_to is distinct from valid_to_before
)

select
    stretch.referral_hk,
    stated.referral_arrived_date,
    stated.referral_processed_date,
    stated.referral_specialty_code,
    stated.referral_sender_code,
    stated.referral_urgency_code,
    stated.referral_municipality_code,
    stretch.extract_datetime as valid_from,
    stretch.valid_to,
    stretch.known_from,
    stretch.known_to,
    stated.record_source
from stretch
inner join {{ ref('sat_referral_processing__patient_referral') }} as stated
    on
        stretch.referral_hk = stated.referral_hk
        and stretch.extract_datetime = stated.extract_datetime
        and stretch.load_datetime = stated.load_datetime
where stretch.valid_to > stretch.extract_datetime
