-- One row per decision that any delivery ever named. Insert only.
{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false) }}

with

-- Of each key its only record, or the first of those that repeat it.
named as (
    select
        staged.decision_hk,
        staged.paatos_id as decision_id,
        staged.delivery_number
    from {{ ref('stg_social__decision') }} as staged
    left join {{ ref('repeated_decision__social_decision') }} as repeated
        on staged.decision_hk = repeated.decision_hk
    where
        staged.decision_hk not in ({{ ghost_keys() }})
        and staged.record_id = coalesce(repeated.first_record, staged.record_id)
),

first_named as (
    select named.*
    from named
    {{ not_loaded('named', ['decision_hk']) }}
)

select
    first_named.decision_hk,
    first_named.decision_id,
    pending.extract_datetime,
    pending.load_datetime,
    pending.record_source,
    pending.delivery_id
from first_named
inner join {{ ref('pending_delivery') }} as pending on first_named.delivery_number = pending.delivery_number
{% if not is_incremental() %}
union all
{{
    ghost_rows(
        ['decision_hk'],
        {'decision_id': 'string'}
    )
}}
{% endif %}
