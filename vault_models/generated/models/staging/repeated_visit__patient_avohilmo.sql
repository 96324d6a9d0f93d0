-- One row per key that several staged records of patient.avohilmo name:
-- only what they say of it can be repeated or contradicted.
{{ config(materialized='table') }}

select
    visit_hk,
    min(record_id) as first_record
from {{ ref('stg_patient__avohilmo') }}
where visit_hk not in ({{ ghost_keys() }})
group by visit_hk
having count(*) > 1
