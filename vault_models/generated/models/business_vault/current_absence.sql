-- One row per absence that is known now and not gone: its latest attributes and relations.
{{ config(materialized='view') }}

with

latest_period as (
    select *
    from
        {{
            latest_told(
                [(ref('sat_absence_period__hr_absence'), ref('status_absence__hr_absence'))],
                'absence_hk', 'hashdiff',
                [
                    'absence_reason_code',
                    'absence_is_paid',
                    'absence_percent',
                    'absence_started_date',
                    'absence_ended_date'
                ]
            )
        }} as latest
),

related_employment as (
    select
        placed.absence_hk,
        relation.employment_hk,
        placed.extract_datetime
    from
        {{
            latest_told(
                [(ref('effsat_absence_employment__hr_absence'), ref('status_absence__hr_absence'))],
                'absence_hk', 'absence_employment_hk', ['absence_employment_hk']
            )
        }} as placed
    inner join {{ ref('lnk_absence_employment') }} as relation
        on placed.absence_employment_hk = relation.absence_employment_hk
),

-- Gone: what every source that tells of presence says, while no other source tells of the key.
gone as (
    select *
    from
        {{
            gone(
                'absence_hk',
                statuses=[ref('status_absence__hr_absence')]
            )
        }} as word
),

hub as (
    select *
    from {{ ref('hub_absence') }}
    where absence_hk not in ({{ ghost_keys() }})
)

select
    hub.absence_hk,
    hub.absence_id,
    latest_period.absence_reason_code,
    latest_period.absence_is_paid,
    latest_period.absence_percent,
    latest_period.absence_started_date,
    latest_period.absence_ended_date,
    related_employment.employment_hk,
    coalesce(
        greatest(
            latest_period.extract_datetime,
            related_employment.extract_datetime
        ),
        hub.extract_datetime
    ) as extract_datetime
from hub
left join latest_period
    on hub.absence_hk = latest_period.absence_hk
left join related_employment
    on hub.absence_hk = related_employment.absence_hk
anti join gone on hub.absence_hk = gone.absence_hk
