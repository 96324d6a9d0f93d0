-- One row per service_need_assessment, matter, person that were ever told together. Insert only.
{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false) }}

with

told as (
    select
        service_need_assessment_matter_hk,
        service_need_assessment_hk,
        matter_hk,
        person_hk,
        delivery_number
    from {{ ref('stg_social__matter') }}
    where
        service_need_assessment_hk not in ({{ ghost_keys() }})
),

first_told as (
    select
        service_need_assessment_matter_hk,
        any_value(service_need_assessment_hk) as service_need_assessment_hk,
        any_value(matter_hk) as matter_hk,
        any_value(person_hk) as person_hk,
        min(delivery_number) as delivery_number
    from told
    {{ not_loaded('told', ['service_need_assessment_matter_hk']) }}
    group by service_need_assessment_matter_hk
)

select
    first_told.service_need_assessment_matter_hk,
    first_told.service_need_assessment_hk,
    first_told.matter_hk,
    first_told.person_hk,
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
        ['service_need_assessment_matter_hk', 'service_need_assessment_hk', 'matter_hk', 'person_hk'],
        {}
    )
}}
{% endif %}
