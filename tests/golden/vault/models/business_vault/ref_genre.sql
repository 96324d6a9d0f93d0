-- One row per genre that is known now and not gone: its latest attributes and relations.
{{ config(materialized='view') }}

with

latest_naming as (
    select *
    from (
        select
            told.*,
            row_number() over (
                partition by genre_hk
                order by extract_datetime desc, load_datetime desc, record_source
            ) as place
        from (
            select
                genre_hk,
                genre_name,
                starts,
                expires,
                extract_datetime,
                load_datetime,
                record_source
            from
                {{
                    first_of_run(
                        ref('rsat_genre_naming__branch_genre'), 'genre_hk', 'hashdiff'
                    )
                }} as versions
            union all
            select
                genre_hk,
                genre_name,
                starts,
                expires,
                extract_datetime,
                load_datetime,
                record_source
            from
                {{
                    first_of_run(
                        ref('rsat_genre_naming__desk_genre'), 'genre_hk', 'hashdiff'
                    )
                }} as versions
            union all
            select
                genre_hk,
                genre_name,
                starts,
                expires,
                extract_datetime,
                load_datetime,
                record_source
            from
                {{
                    first_of_run(
                        ref('rsat_genre_naming__kiosk_genre'), 'genre_hk', 'hashdiff'
                    )
                }} as versions
            union all
            select
                genre_hk,
                genre_name,
                starts,
                expires,
                extract_datetime,
                load_datetime,
                record_source
            from
                {{
                    first_of_run(
                        ref('rsat_genre_naming__till_genre'), 'genre_hk', 'hashdiff'
                    )
                }} as versions
            union all
            select
                genre_hk,
                genre_name,
                starts,
                expires,
                extract_datetime,
                load_datetime,
                record_source
            from
                {{
                    first_of_run(
                        ref('rsat_genre_naming__web_genre'), 'genre_hk', 'hashdiff'
                    )
                }} as versions
        ) as told
    ) as placed
    where place = 1
),

-- Gone: what every source that tells of presence says, while no other source tells of the key.
gone as (
    select genre_hk
    from (
        select
            genre_hk,
            {{ is_there() }} as is_present
        from {{ ref('status_genre__branch_genre') }}
        group by genre_hk, partition_value
        union all
        select
            genre_hk,
            {{ is_there() }} as is_present
        from {{ ref('status_genre__desk_genre') }}
        group by genre_hk, partition_value
        union all
        select
            genre_hk,
            {{ is_there() }} as is_present
        from {{ ref('status_genre__kiosk_genre') }}
        group by genre_hk, partition_value
        union all
        select
            genre_hk,
            true as is_present
        from
            {{
                standing(
                    ref('rsat_genre_naming__till_genre'), 'genre_hk', 'hashdiff'
                )
            }} as stated
        union all
        select
            genre_hk,
            true as is_present
        from
            {{
                standing(
                    ref('rsat_genre_naming__web_genre'), 'genre_hk', 'hashdiff'
                )
            }} as stated
    ) as told
    group by genre_hk
    having max(case when is_present then 1 else 0 end) = 0
),

hub as (
    select *
    from {{ ref('rhub_genre') }}
    where genre_hk not in ({{ ghost_keys() }})
)

select
    hub.genre_hk,
    hub.genre_code,
    latest_naming.genre_name,
    latest_naming.starts,
    latest_naming.expires,
    coalesce(starts, cast('1900-01-01' as date)) as valid_from,
    coalesce(expires, cast('9999-12-31' as date)) as valid_to,
    latest_naming.extract_datetime as extract_datetime
from hub
left join latest_naming
    on hub.genre_hk = latest_naming.genre_hk
where not exists (select 1 from gone where gone.genre_hk = hub.genre_hk)
