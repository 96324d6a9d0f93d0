-- One row per employment and change of its presence in the full deliveries of hr.employment. Insert only.
{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false) }}

with

snapshot as (
    select
        extract_datetime,
        max(load_datetime) as load_datetime,
        max(delivery_id) as delivery_id
    from {{ ref('pending_delivery') }}
    where record_source = 'hr.employment'
    group by extract_datetime
),

present as (
    select distinct
        employment_hk,
        extract_datetime
    from {{ ref('stg_hr__employment') }}
    where employment_hk not in ({{ ghost_keys() }})

    union

    -- A row in quarantine was delivered all the same: what it is about has not left.
    select
        hub.employment_hk,
        held.extract_datetime
    from {{ source('landing', 'hr__employment') }} as held
    inner join {{ ref('pending_delivery') }} as pending on held.delivery_id = pending.delivery_id
    inner join {{ ref('hub_employment') }} as hub
        on {{ hash_key(["'hr'", counted('held.palvelussuhde')]) }} = hub.employment_hk
    where
        held.is_quarantined
        and held.palvelussuhde is not null
),

earlier as (
    select *
    from
        {{
            latest_before(
                'hr.employment', 'employment_hk', 'is_present'
            )
        }} as latest
),

watched as (
    select employment_hk from present
    union
    select employment_hk from earlier
),

observed as (
    select
        watched.employment_hk,
        present.employment_hk is not null as is_present,
        snapshot.extract_datetime,
        snapshot.load_datetime,
        snapshot.delivery_id
    from watched
    cross join snapshot
    left join present
        on
            watched.employment_hk = present.employment_hk
            and snapshot.extract_datetime = present.extract_datetime
),

sequenced as (
    select
        observed.*,
        coalesce(
            lag(observed.is_present) over (partition by observed.employment_hk order by observed.extract_datetime),
            earlier.is_present,
            false
        ) as was_present
    from observed
    left join earlier on observed.employment_hk = earlier.employment_hk
)

select
    employment_hk,
    is_present,
    extract_datetime,
    load_datetime,
    'hr.employment' as record_source,
    delivery_id
from sequenced
where
    is_present <> was_present
    {{ not_loaded('sequenced', ['employment_hk', 'extract_datetime']) }}
{% if not is_incremental() %}
union all
{{ ghost_rows(['employment_hk'], {'is_present': 'boolean'}) }}
{% endif %}
