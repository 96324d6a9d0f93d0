-- One row per person and change of its presence in the full deliveries of reference.resident. Insert only.
{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false) }}

with

snapshot as (
    select
        extract_datetime,
        max(load_datetime) as load_datetime,
        max(delivery_id) as delivery_id
    from {{ ref('pending_delivery') }}
    where record_source = 'reference.resident'
    group by extract_datetime
),

present as (
    select distinct
        person_hk,
        extract_datetime
    from {{ ref('stg_reference__resident') }}
    where person_hk not in ({{ ghost_keys() }})

    union

    -- A row in quarantine was delivered all the same: what it is about has not left.
    select
        hub.person_hk,
        held.extract_datetime
    from {{ source('landing', 'reference__resident') }} as held
    inner join {{ ref('pending_delivery') }} as pending on held.delivery_id = pending.delivery_id
    inner join {{ ref('hub_person') }} as hub
        on {{ hash_key([counted('held.hetu')]) }} = hub.person_hk
    where
        held.is_quarantined
        and held.hetu is not null
),

earlier as (
    select *
    from
        {{
            latest_before(
                'reference.resident', 'person_hk', 'is_present'
            )
        }} as latest
),

watched as (
    select person_hk from present
    union
    select person_hk from earlier
),

observed as (
    select
        watched.person_hk,
        present.person_hk is not null as is_present,
        snapshot.extract_datetime,
        snapshot.load_datetime,
        snapshot.delivery_id
    from watched
    cross join snapshot
    left join present
        on
            watched.person_hk = present.person_hk
            and snapshot.extract_datetime = present.extract_datetime
),

sequenced as (
    select
        observed.*,
        coalesce(
            lag(observed.is_present) over (partition by observed.person_hk order by observed.extract_datetime),
            earlier.is_present,
            false
        ) as was_present
    from observed
    left join earlier on observed.person_hk = earlier.person_hk
)

select
    person_hk,
    is_present,
    extract_datetime,
    load_datetime,
    'reference.resident' as record_source,
    delivery_id
from sequenced
where
    is_present <> was_present
    {{ not_loaded('sequenced', ['person_hk', 'extract_datetime']) }}
{% if not is_incremental() %}
union all
{{ ghost_rows(['person_hk'], {'is_present': 'boolean'}) }}
{% endif %}
