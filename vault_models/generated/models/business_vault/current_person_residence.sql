-- One row per person and moved_in_date: the latest set of residence.
{{ config(materialized='view') }}

with

told as (
    select
        person_hk,
        municipality_code,
        moved_in_date,
        moved_out_date,
        extract_datetime,
        load_datetime,
        record_source
    from {{ first_sets_of_run(ref('masat_person_residence__reference_resident'), 'person_hk') }} as standing
    where
        standing.person_hk not in (
            select presence.person_hk
            from (
                select
                    status.person_hk,
                    {{ is_there() }} as is_there
                from {{ ref('status_person__reference_resident') }} as status
                group by status.person_hk, status.partition_value
            ) as presence
            group by presence.person_hk
            having max(case when presence.is_there then 1 else 0 end) = 0
        )
),

placed as (
    select
        told.*,
        dense_rank() over (
            partition by person_hk
            order by extract_datetime desc, load_datetime desc, record_source
        ) as place
    from told
)

select
    person_hk,
    municipality_code,
    moved_in_date,
    moved_out_date,
    extract_datetime
from placed
where place = 1
