-- One row per person and snapshot day: which version of each satellite the vault knew then.
{{ config(materialized='table') }}

with

snapshot as (
    {{ snapshot_days('month_end', source('landing', 'delivery')) }}
),

sat_person_demography as (
    select
        person_hk,
        extract_datetime,
        lead(extract_datetime, 1, {{ end_of_time() }}) over (
            partition by person_hk
            order by extract_datetime
        ) as next_extract_datetime
    from {{ ref('sat_person_demography__reference_resident') }}
),

hub as (
    select person_hk
    from {{ ref('hub_person') }}
    where person_hk not in ({{ ghost_keys() }})
)

select
    hub.person_hk,
    snapshot.snapshot_date,
    sat_person_demography.extract_datetime as sat_person_demography_extract_datetime
from hub
cross join snapshot
left join sat_person_demography
    on
        hub.person_hk = sat_person_demography.person_hk
        and sat_person_demography.extract_datetime < snapshot.next_day
        and sat_person_demography.next_extract_datetime >= snapshot.next_day
