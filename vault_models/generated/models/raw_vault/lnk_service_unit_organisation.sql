-- One row per service_unit, organiser, producer that were ever told together. Insert only.
{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false) }}

with

-- Relations of owners that one staged record names, as they are; then, once each, those of owners that several name.
told_once as (
    select
        staged.service_unit_organisation_hk,
        staged.service_unit_hk,
        staged.organiser_hk,
        staged.producer_hk,
        staged.delivery_number
    from {{ ref('stg_reference__unit') }} as staged
    anti join {{ ref('repeated_service_unit__reference_unit') }} as repeated
        on staged.service_unit_hk = repeated.service_unit_hk
    where
        staged.service_unit_hk not in ({{ ghost_keys() }})
),

told_again as (
    select
        staged.service_unit_organisation_hk,
        any_value(staged.service_unit_hk) as service_unit_hk,
        any_value(staged.organiser_hk) as organiser_hk,
        any_value(staged.producer_hk) as producer_hk,
        min(staged.delivery_number) as delivery_number
    from {{ ref('stg_reference__unit') }} as staged
    semi join {{ ref('repeated_service_unit__reference_unit') }} as repeated
        on staged.service_unit_hk = repeated.service_unit_hk
    where
        staged.service_unit_hk not in ({{ ghost_keys() }})
    group by staged.service_unit_organisation_hk
),

first_told as (
    select told.*
    from (
        select * from told_once
        union all
        select * from told_again
    ) as told
    {{ not_loaded('told', ['service_unit_organisation_hk']) }}
)

select
    first_told.service_unit_organisation_hk,
    first_told.service_unit_hk,
    first_told.organiser_hk,
    first_told.producer_hk,
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
        ['service_unit_organisation_hk', 'service_unit_hk', 'organiser_hk', 'producer_hk'],
        {}
    )
}}
{% endif %}
