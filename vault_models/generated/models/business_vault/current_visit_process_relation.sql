-- One row per visit, contact, need_assessment, booking that belong together now.
{{ config(materialized='view') }}

with

-- At one time one relation of each owner holds.
in_force as (
    select *
    from
        {{
            latest_told(
                [(ref('effsat_visit_process__patient_avohilmo'), none)],
                'visit_hk', 'visit_process_hk', ['visit_process_hk']
            )
        }} as latest
),

relation as (
    select *
    from {{ ref('lnk_visit_process') }}
    where visit_process_hk not in ({{ ghost_keys() }})
)

select
    relation.visit_process_hk,
    relation.visit_hk,
    relation.contact_hk,
    relation.need_assessment_hk,
    relation.booking_hk,
    relation.record_source
from relation
inner join in_force on relation.visit_process_hk = in_force.visit_process_hk
