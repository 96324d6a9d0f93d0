-- One row per person and moved_in_date: the latest set of residence.
{{ config(materialized='view') }}

with

told as (
    select
        standing.person_hk,
        standing.municipality_code,
        standing.moved_in_date,
        standing.moved_out_date,
        standing.extract_datetime,
        standing.load_datetime,
        standing.record_source,
        1 as _telling_table
    from {{ first_sets_of_run(ref('masat_person_residence__reference_resident'), 'person_hk') }} as standing
    anti join {{ gone('person_hk', [ref('status_person__reference_resident')]) }} as gone
        on standing.person_hk = gone.person_hk
),

placed as (
    select
        told.*,
        dense_rank() over (
            partition by person_hk
            order by extract_datetime desc, load_datetime desc, record_source, _telling_table
        ) as _place
    from told
)

select
    person_hk,
    municipality_code,
    moved_in_date,
    moved_out_date,
    extract_datetime
from placed
where _place = 1
