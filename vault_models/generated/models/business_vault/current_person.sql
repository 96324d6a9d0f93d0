-- One row per person that is known now and not gone: its latest attributes and relations.
{{ config(materialized='view') }}

with

latest_demography as (
    select *
    from
        {{
            latest_told(
                [(ref('sat_person_demography__reference_resident'), ref('status_person__reference_resident'))],
                'person_hk', 'hashdiff',
                [
                    'sex_code',
                    'birth_date',
                    'death_date',
                    'language_code'
                ]
            )
        }} as latest
),

-- Gone: what every source that tells of presence says, while no other source tells of the key.
gone as (
    select *
    from
        {{
            gone(
                'person_hk',
                statuses=[ref('status_person__reference_resident')]
            )
        }} as word
),

hub as (
    select *
    from {{ ref('hub_person') }}
    where person_hk not in ({{ ghost_keys() }})
)

select
    hub.person_hk,
    hub.person_id,
    latest_demography.sex_code,
    latest_demography.birth_date,
    latest_demography.death_date,
    latest_demography.language_code,
    coalesce(latest_demography.extract_datetime, hub.extract_datetime) as extract_datetime
from hub
left join latest_demography
    on hub.person_hk = latest_demography.person_hk
anti join gone on hub.person_hk = gone.person_hk
