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
    from {{ ref('masat_person_residence__reference_resident') }}
    where
        person_hk not in ({{ ghost_keys() }})
        and person_hk not in (
            select status.person_hk
            from {{ ref('status_person__reference_resident') }} as status
            group by status.person_hk
            having not max_by(status.is_present, status.extract_datetime)
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
