-- One row per contact, person, service_unit that were ever told together. Insert only.
{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false) }}

with

-- Relations of owners that one staged record names, as they are; then, once each, those of owners that several name.
told_once as (
    select
        staged.contact_care_hk,
        staged.contact_hk,
        staged.person_hk,
        staged.service_unit_hk,
        staged.delivery_number
    from {{ ref('stg_patient__avohilmo') }} as staged
    anti join {{ ref('repeated_contact__patient_avohilmo') }} as repeated
        on staged.contact_hk = repeated.contact_hk
    where
        staged.contact_hk not in ({{ ghost_keys() }})
),

told_again as (
    select
        staged.contact_care_hk,
        any_value(staged.contact_hk) as contact_hk,
        any_value(staged.person_hk) as person_hk,
        any_value(staged.service_unit_hk) as service_unit_hk,
        min(staged.delivery_number) as delivery_number
    from {{ ref('stg_patient__avohilmo') }} as staged
    semi join {{ ref('repeated_contact__patient_avohilmo') }} as repeated
        on staged.contact_hk = repeated.contact_hk
    where
        staged.contact_hk not in ({{ ghost_keys() }})
    group by staged.contact_care_hk
),

first_told as (
    select told.*
    from (
        select * from told_once
        union all
        select * from told_again
    ) as told
    {{ not_loaded('told', ['contact_care_hk']) }}
)

select
    first_told.contact_care_hk,
    first_told.contact_hk,
    first_told.person_hk,
    first_told.service_unit_hk,
    pending.extract_datetime,
    pending.load_datetime,
    pending.record_source,
    pending.delivery_id
from first_told
inner join {{ ref('pending_delivery') }} as pending on first_told.delivery_number = pending.delivery_number
{% if not is_incremental() %}
union all
{{
    ghost_rows(
        ['contact_care_hk', 'contact_hk', 'person_hk', 'service_unit_hk'],
        {}
    )
}}
{% endif %}
