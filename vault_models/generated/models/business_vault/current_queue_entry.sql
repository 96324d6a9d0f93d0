-- One row per queue_entry that is known now and not gone: its latest attributes and relations.
{{ config(materialized='view') }}

with

latest_progress as (
    select *
    from (
        select
            told.*,
            row_number() over (
                partition by queue_entry_hk
                order by extract_datetime desc, load_datetime desc, record_source
            ) as place
        from (
            select
                queue_entry_hk,
                queued_date,
                treatment_started_date,
                queue_removed_date,
                queue_removal_reason_code,
                queue_specialty_code,
                queue_municipality_code,
                extract_datetime,
                load_datetime,
                record_source
            from
                {{
                    first_of_run(
                        ref('sat_queue_entry_progress__patient_queue'), 'queue_entry_hk', 'hashdiff'
                    )
                }} as versions
        ) as told
    ) as placed
    where place = 1
),

related_care as (
    select
        placed.queue_entry_hk,
        relation.person_hk,
        relation.service_unit_hk,
        relation.referral_hk,
        placed.extract_datetime
    from (
        select
            told.*,
            row_number() over (
                partition by queue_entry_hk
                order by extract_datetime desc, load_datetime desc, record_source
            ) as place
        from (
            select
                queue_entry_hk,
                queue_entry_care_hk,
                extract_datetime,
                load_datetime,
                record_source
            from
                {{
                    first_of_run(
                        ref('effsat_queue_entry_care__patient_queue'), 'queue_entry_hk', 'queue_entry_care_hk'
                    )
                }} as versions
        ) as told
    ) as placed
    inner join {{ ref('lnk_queue_entry_care') }} as relation
        on placed.queue_entry_care_hk = relation.queue_entry_care_hk
    where placed.place = 1
),

-- Gone: what every source that tells of presence says, while no other source tells of the key.
gone as (
    select queue_entry_hk
    from (
        select
            queue_entry_hk,
            {{ is_there() }} as is_present
        from {{ ref('status_queue_entry__patient_queue') }}
        group by queue_entry_hk, partition_value
    ) as told
    group by queue_entry_hk
    having max(case when is_present then 1 else 0 end) = 0
),

hub as (
    select *
    from {{ ref('hub_queue_entry') }}
    where queue_entry_hk not in ({{ ghost_keys() }})
)

select
    hub.queue_entry_hk,
    hub.queue_entry_id,
    latest_progress.queued_date,
    latest_progress.treatment_started_date,
    latest_progress.queue_removed_date,
    latest_progress.queue_removal_reason_code,
    latest_progress.queue_specialty_code,
    latest_progress.queue_municipality_code,
    related_care.person_hk,
    related_care.service_unit_hk,
    related_care.referral_hk,
    greatest(
        latest_progress.extract_datetime,
        related_care.extract_datetime
    ) as extract_datetime
from hub
left join latest_progress
    on hub.queue_entry_hk = latest_progress.queue_entry_hk
left join related_care
    on hub.queue_entry_hk = related_care.queue_entry_hk
where not exists (select 1 from gone where gone.queue_entry_hk = hub.queue_entry_hk)
