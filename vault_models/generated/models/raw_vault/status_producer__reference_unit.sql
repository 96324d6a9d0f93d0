-- One row per producer and change of its presence in the full deliveries of reference.unit. Insert only.
{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false) }}

with

snapshot as (
    select
        extract_datetime,
        max(load_datetime) as load_datetime,
        max(delivery_id) as delivery_id
    from {{ ref('pending_delivery') }}
    where record_source = 'reference.unit'
    group by extract_datetime
),

present as (
    select distinct
        producer_hk,
        extract_datetime
    from {{ ref('stg_reference__unit') }}
    where producer_hk not in ({{ ghost_keys() }})

    union

    -- A row in quarantine was delivered all the same: what it is about has not left.
    select
        hub.producer_hk,
        held.extract_datetime
    from {{ source('landing', 'reference__unit') }} as held
    inner join {{ ref('pending_delivery') }} as pending on held.delivery_id = pending.delivery_id
    inner join {{ ref('hub_producer') }} as hub
        on {{ hash_key([counted('held.tuottaja_ytunnus')]) }} = hub.producer_hk
    where
        held.is_quarantined
        and held.tuottaja_ytunnus is not null
),

earlier as (
    select *
    from
        {{
            latest_before(
                'reference.unit', 'producer_hk', 'is_present'
            )
        }} as latest
),

watched as (
    select producer_hk from present
    union
    select producer_hk from earlier
),

observed as (
    select
        watched.producer_hk,
        present.producer_hk is not null as is_present,
        snapshot.extract_datetime,
        snapshot.load_datetime,
        snapshot.delivery_id
    from watched
    cross join snapshot
    left join present
        on
            watched.producer_hk = present.producer_hk
            and snapshot.extract_datetime = present.extract_datetime
),

sequenced as (
    select
        observed.*,
        coalesce(
            lag(observed.is_present) over (partition by observed.producer_hk order by observed.extract_datetime),
            earlier.is_present,
            false
        ) as was_present
    from observed
    left join earlier on observed.producer_hk = earlier.producer_hk
)

select
    producer_hk,
    is_present,
    extract_datetime,
    load_datetime,
    'reference.unit' as record_source,
    delivery_id
from sequenced
where
    is_present <> was_present
    {{ not_loaded('sequenced', ['producer_hk', 'extract_datetime']) }}
{% if not is_incremental() %}
union all
{{ ghost_rows(['producer_hk'], {'is_present': 'boolean'}) }}
{% endif %}
