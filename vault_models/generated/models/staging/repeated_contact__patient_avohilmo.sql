-- One row per key that several staged records of patient.avohilmo name:
-- only what they say of it can be repeated or contradicted.
{{ config(materialized='table') }}

select
    contact_hk,
    min(record_id) as first_record
from {{ ref('stg_patient__avohilmo') }}
where contact_hk not in ({{ ghost_keys() }})
group by contact_hk
having count(*) > 1
