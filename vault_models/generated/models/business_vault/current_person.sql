-- One row per person that is known now and not gone: its latest attributes and relations.
{{ config(materialized='view') }}

with

latest_demography as (
    select *
    from (
        select
            told.*,
            row_number() over (
                partition by person_hk
                order by extract_datetime desc, load_datetime desc, record_source
            ) as place
        from (
            select
                person_hk,
                sex_code,
                birth_date,
                death_date,
                language_code,
                extract_datetime,
                load_datetime,
                record_source
            from
                {{
                    first_of_run(
                        ref('sat_person_demography__reference_resident'), 'person_hk', 'hashdiff'
                    )
                }} as versions
        ) as told
    ) as placed
    where place = 1
),

-- Gone: what every source that tells of presence says, while no other source tells of the key.
gone as (
    select person_hk
    from (
        select
            person_hk,
            {{ is_there() }} as is_present
        from {{ ref('status_person__reference_resident') }}
        group by person_hk, partition_value
    ) as told
    group by person_hk
    having max(case when is_present then 1 else 0 end) = 0
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
    latest_demography.extract_datetime as extract_datetime
from hub
left join latest_demography
    on hub.person_hk = latest_demography.person_hk
where not exists (select 1 from gone where gone.person_hk = hub.person_hk)
