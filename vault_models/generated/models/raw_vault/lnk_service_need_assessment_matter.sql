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

told_anew as (
    select *
    from told
    {{ not_loaded('told', ['service_need_assessment_matter_hk']) }}
),

-- Most keys are named by one record, which is the first.
first_told as (
    select told_anew.*
    from told_anew
    anti join {{ ref('repeated_service_need_assessment__social_matter') }} as repeated
        on told_anew.service_need_assessment_hk = repeated.service_need_assessment_hk
    union all
    select
        told_anew.service_need_assessment_matter_hk,
        any_value(told_anew.service_need_assessment_hk) as service_need_assessment_hk,
        any_value(told_anew.matter_hk) as matter_hk,
        any_value(told_anew.person_hk) as person_hk,
        min(told_anew.delivery_number) as delivery_number
    from told_anew
    semi join {{ ref('repeated_service_need_assessment__social_matter') }} as repeated
        on told_anew.service_need_assessment_hk = repeated.service_need_assessment_hk
    group by told_anew.service_need_assessment_matter_hk
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
