-- One row per absence that is known now and not gone: its latest attributes and relations.
{{ config(materialized='view') }}

with

latest_period as (
    select *
    from (
        select
            told.*,
            row_number() over (
                partition by absence_hk
                order by extract_datetime desc, load_datetime desc, record_source
            ) as place
        from (
            select
                absence_hk,
                absence_reason_code,
                absence_is_paid,
                absence_percent,
                absence_started_date,
                absence_ended_date,
                extract_datetime,
                load_datetime,
                record_source
            from
                {{
                    first_of_run(
                        ref('sat_absence_period__hr_absence'), 'absence_hk', 'hashdiff'
                    )
                }} as versions
        ) as told
    ) as placed
    where place = 1
),

related_employment as (
    select
        placed.absence_hk,
        relation.employment_hk,
        placed.extract_datetime
    from (
        select
            told.*,
            row_number() over (
                partition by absence_hk
                order by extract_datetime desc, load_datetime desc, record_source
            ) as place
        from (
            select
                absence_hk,
                absence_employment_hk,
                extract_datetime,
                load_datetime,
                record_source
            from
                {{
                    first_of_run(
                        ref('effsat_absence_employment__hr_absence'), 'absence_hk', 'absence_employment_hk'
                    )
                }} as versions
        ) as told
    ) as placed
    inner join {{ ref('lnk_absence_employment') }} as relation
        on placed.absence_employment_hk = relation.absence_employment_hk
    where placed.place = 1
),

-- Gone: what every source that tells of presence says, while no other source tells of the key.
gone as (
    select absence_hk
    from (
        select
            absence_hk,
            {{ is_there() }} as is_present
        from {{ ref('status_absence__hr_absence') }}
        group by absence_hk, partition_value
    ) as told
    group by absence_hk
    having max(case when is_present then 1 else 0 end) = 0
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
    greatest(
        latest_period.extract_datetime,
        related_employment.extract_datetime
    ) as extract_datetime
from hub
left join latest_period
    on hub.absence_hk = latest_period.absence_hk
left join related_employment
    on hub.absence_hk = related_employment.absence_hk
where not exists (select 1 from gone where gone.absence_hk = hub.absence_hk)
