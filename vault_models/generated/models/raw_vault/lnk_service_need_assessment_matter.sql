-- One row per service_need_assessment, matter, person that were ever told together. Insert only.
{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false) }}

with

-- Relations of owners that one staged record names, as they are; then, once each, those of owners that several name.
told_once as (
    select
        staged.service_need_assessment_matter_hk,
        staged.service_need_assessment_hk,
        staged.matter_hk,
        staged.person_hk,
        staged.delivery_number
    from {{ ref('stg_social__matter') }} as staged
    anti join {{ ref('repeated_service_need_assessment__social_matter') }} as repeated
        on staged.service_need_assessment_hk = repeated.service_need_assessment_hk
    where
        staged.service_need_assessment_hk not in ({{ ghost_keys() }})
),

told_again as (
    select
        staged.service_need_assessment_matter_hk,
        any_value(staged.service_need_assessment_hk) as service_need_assessment_hk,
        any_value(staged.matter_hk) as matter_hk,
        any_value(staged.person_hk) as person_hk,
        min(staged.delivery_number) as delivery_number
    from {{ ref('stg_social__matter') }} as staged
    semi join {{ ref('repeated_service_need_assessment__social_matter') }} as repeated
        on staged.service_need_assessment_hk = repeated.service_need_assessment_hk
    where
        staged.service_need_assessment_hk not in ({{ ghost_keys() }})
    group by staged.service_need_assessment_matter_hk
),

first_told as (
    select told.*
    from (
        select * from told_once
        union all
        select * from told_again
    ) as told
    {{ not_loaded('told', ['service_need_assessment_matter_hk']) }}
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
