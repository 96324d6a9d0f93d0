-- One row per book that is known now and not gone: its latest attributes and relations.
{{ config(materialized='view') }}

with

latest_keeping as (
    select *
    from (
        select
            told.*,
            row_number() over (
                partition by book_hk
                order by extract_datetime desc, load_datetime desc, record_source
            ) as place
        from (
            select
                book_hk,
                condition,
                extract_datetime,
                load_datetime,
                record_source
            from
                {{
                    first_of_run(
                        ref('sat_book_keeping__branch_book'), 'book_hk', 'hashdiff'
                    )
                }} as versions
            union all
            select
                book_hk,
                condition,
                extract_datetime,
                load_datetime,
                record_source
            from
                {{
                    first_of_run(
                        ref('sat_book_keeping__desk_book'), 'book_hk', 'hashdiff'
                    )
                }} as versions
            union all
            select
                book_hk,
                condition,
                extract_datetime,
                load_datetime,
                record_source
            from
                {{
                    first_of_run(
                        ref('sat_book_keeping__kiosk_book'), 'book_hk', 'hashdiff'
                    )
                }} as versions
            union all
            select
                book_hk,
                condition,
                extract_datetime,
                load_datetime,
                record_source
            from
                {{
                    first_of_run(
                        ref('sat_book_keeping__till_book'), 'book_hk', 'hashdiff'
                    )
                }} as versions
            union all
            select
                book_hk,
                condition,
                extract_datetime,
                load_datetime,
                record_source
            from
                {{
                    first_of_run(
                        ref('sat_book_keeping__web_book'), 'book_hk', 'hashdiff'
                    )
                }} as versions
        ) as told
    ) as placed
    where place = 1
),

related_keeping as (
    select
        placed.book_hk,
        relation.keeper_hk,
        placed.extract_datetime
    from (
        select
            told.*,
            row_number() over (
                partition by book_hk
                order by extract_datetime desc, load_datetime desc, record_source
            ) as place
        from (
            select
                book_hk,
                book_keeping_hk,
                extract_datetime,
                load_datetime,
                record_source
            from
                {{
                    first_of_run(
                        ref('effsat_book_keeping__branch_book'), 'book_hk', 'book_keeping_hk'
                    )
                }} as versions
            union all
            select
                book_hk,
                book_keeping_hk,
                extract_datetime,
                load_datetime,
                record_source
            from
                {{
                    first_of_run(
                        ref('effsat_book_keeping__desk_book'), 'book_hk', 'book_keeping_hk'
                    )
                }} as versions
            union all
            select
                book_hk,
                book_keeping_hk,
                extract_datetime,
                load_datetime,
                record_source
            from
                {{
                    first_of_run(
                        ref('effsat_book_keeping__kiosk_book'), 'book_hk', 'book_keeping_hk'
                    )
                }} as versions
            union all
            select
                book_hk,
                book_keeping_hk,
                extract_datetime,
                load_datetime,
                record_source
            from
                {{
                    first_of_run(
                        ref('effsat_book_keeping__till_book'), 'book_hk', 'book_keeping_hk'
                    )
                }} as versions
            union all
            select
                book_hk,
                book_keeping_hk,
                extract_datetime,
                load_datetime,
                record_source
            from
                {{
                    first_of_run(
                        ref('effsat_book_keeping__web_book'), 'book_hk', 'book_keeping_hk'
                    )
                }} as versions
        ) as told
    ) as placed
    inner join {{ ref('lnk_book_keeping') }} as relation
        on placed.book_keeping_hk = relation.book_keeping_hk
    where placed.place = 1
),

related_part_of as (
    select
        placed.book_hk,
        relation.whole_hk,
        placed.extract_datetime
    from (
        select
            told.*,
            row_number() over (
                partition by book_hk
                order by extract_datetime desc, load_datetime desc, record_source
            ) as place
        from (
            select
                book_hk,
                book_part_of_hk,
                extract_datetime,
                load_datetime,
                record_source
            from
                {{
                    first_of_run(
                        ref('effsat_book_part_of__branch_book'), 'book_hk', 'book_part_of_hk'
                    )
                }} as versions
            union all
            select
                book_hk,
                book_part_of_hk,
                extract_datetime,
                load_datetime,
                record_source
            from
                {{
                    first_of_run(
                        ref('effsat_book_part_of__desk_book'), 'book_hk', 'book_part_of_hk'
                    )
                }} as versions
            union all
            select
                book_hk,
                book_part_of_hk,
                extract_datetime,
                load_datetime,
                record_source
            from
                {{
                    first_of_run(
                        ref('effsat_book_part_of__kiosk_book'), 'book_hk', 'book_part_of_hk'
                    )
                }} as versions
            union all
            select
                book_hk,
                book_part_of_hk,
                extract_datetime,
                load_datetime,
                record_source
            from
                {{
                    first_of_run(
                        ref('effsat_book_part_of__till_book'), 'book_hk', 'book_part_of_hk'
                    )
                }} as versions
            union all
            select
                book_hk,
                book_part_of_hk,
                extract_datetime,
                load_datetime,
                record_source
            from
                {{
                    first_of_run(
                        ref('effsat_book_part_of__web_book'), 'book_hk', 'book_part_of_hk'
                    )
                }} as versions
        ) as told
    ) as placed
    inner join {{ ref('lnk_book_part_of') }} as relation
        on placed.book_part_of_hk = relation.book_part_of_hk
    where placed.place = 1
),

-- Gone: what every source that tells of presence says, while no other source tells of the key.
gone as (
    select book_hk
    from (
        select
            book_hk,
            {{ is_there() }} as is_present
        from {{ ref('status_book__branch_book') }}
        group by book_hk, partition_value
        union all
        select
            book_hk,
            {{ is_there() }} as is_present
        from {{ ref('status_book__desk_book') }}
        group by book_hk, partition_value
        union all
        select
            book_hk,
            {{ is_there() }} as is_present
        from {{ ref('status_book__kiosk_book') }}
        group by book_hk, partition_value
        union all
        select
            book_hk,
            true as is_present
        from
            {{
                standing(
                    ref('sat_book_keeping__till_book'), 'book_hk', 'hashdiff'
                )
            }} as stated
        union all
        select
            book_hk,
            true as is_present
        from
            {{
                standing(
                    ref('sat_book_keeping__web_book'), 'book_hk', 'hashdiff'
                )
            }} as stated
    ) as told
    group by book_hk
    having max(case when is_present then 1 else 0 end) = 0
),

hub as (
    select *
    from {{ ref('hub_book') }}
    where book_hk not in ({{ ghost_keys() }})
)

select
    hub.book_hk,
    hub.shelf,
    hub.slot,
    latest_keeping.condition,
    related_keeping.keeper_hk,
    related_part_of.whole_hk,
    greatest(
        latest_keeping.extract_datetime,
        related_keeping.extract_datetime,
        related_part_of.extract_datetime
    ) as extract_datetime
from hub
left join latest_keeping
    on hub.book_hk = latest_keeping.book_hk
left join related_keeping
    on hub.book_hk = related_keeping.book_hk
left join related_part_of
    on hub.book_hk = related_part_of.book_hk
where not exists (select 1 from gone where gone.book_hk = hub.book_hk)
