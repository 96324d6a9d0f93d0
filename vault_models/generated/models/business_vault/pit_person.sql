-- One row per person and snapshot day: which version of each satellite holds on it, as known now.
{{ config(materialized='table') }}

with

snapshot as (
    {{ snapshot_days(source('landing', 'delivery'), 'month') }}
),

demography__reference_resident as (
    select
        person_hk,
        extract_datetime,
        load_datetime,
        lead(extract_datetime, 1, {{ end_of_time() }}) over (
            partition by person_hk
            order by extract_datetime
        ) as next_extract_datetime
    from {{ standing(ref('sat_person_demography__reference_resident'), 'person_hk', 'hashdiff') }} as versions
),

hub as (
    select person_hk
    from {{ ref('hub_person') }}
    where person_hk not in ({{ ghost_keys() }})
)

select
    hub.person_hk,
    snapshot.snapshot_date,
    demography__reference_resident.extract_datetime as demography__reference_resident_extract_datetime,
    demography__reference_resident.load_datetime as demography__reference_resident_load_datetime
from hub
cross join snapshot
left join demography__reference_resident
    on
        hub.person_hk = demography__reference_resident.person_hk
        and demography__reference_resident.extract_datetime < snapshot.next_day
        and demography__reference_resident.next_extract_datetime >= snapshot.next_day
