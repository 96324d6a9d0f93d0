-- One row per absence and change of its presence in the full deliveries of hr.absence. Insert only.
{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false) }}

with

snapshot as (
    select
        extract_datetime,
        max(load_datetime) as load_datetime,
        max(delivery_id) as delivery_id
    from {{ ref('pending_delivery') }}
    where record_source = 'hr.absence'
    group by extract_datetime
),

present as (
    select distinct
        absence_hk,
        extract_datetime
    from {{ ref('stg_hr__absence') }}
    where absence_hk not in ({{ ghost_keys() }})

    union

    -- A row in quarantine was delivered all the same: what it is about has not left.
    select
        hub.absence_hk,
        held.extract_datetime
    from {{ source('landing', 'hr__absence') }} as held
    inner join {{ ref('pending_delivery') }} as pending on held.delivery_id = pending.delivery_id
    inner join {{ ref('hub_absence') }} as hub
        on {{ hash_key(["'hr'", counted('held.poissaolo')]) }} = hub.absence_hk
    where
        held.is_quarantined
        and held.poissaolo is not null
),

earlier as (
    select *
    from
        {{
            latest_before(
                'hr.absence', 'absence_hk', 'is_present'
            )
        }} as latest
),

watched as (
    select absence_hk from present
    union
    select absence_hk from earlier
),

observed as (
    select
        watched.absence_hk,
        present.absence_hk is not null as is_present,
        snapshot.extract_datetime,
        snapshot.load_datetime,
        snapshot.delivery_id
    from watched
    cross join snapshot
    left join present
        on
            watched.absence_hk = present.absence_hk
            and snapshot.extract_datetime = present.extract_datetime
),

sequenced as (
    select
        observed.*,
        coalesce(
            lag(observed.is_present) over (partition by observed.absence_hk order by observed.extract_datetime),
            earlier.is_present,
            false
        ) as was_present
    from observed
    left join earlier on observed.absence_hk = earlier.absence_hk
)

select
    absence_hk,
    is_present,
    extract_datetime,
    load_datetime,
    'hr.absence' as record_source,
    delivery_id
from sequenced
where
    is_present <> was_present
    {{ not_loaded('sequenced', ['absence_hk', 'extract_datetime']) }}
{% if not is_incremental() %}
union all
{{ ghost_rows(['absence_hk'], {'is_present': 'boolean'}) }}
{% endif %}
