-- One row per decision that any delivery ever named. Insert only.
{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false) }}

with

named as (
    select
        decision_hk,
        paatos_id as decision_id,
        delivery_number
    from {{ ref('stg_social__decision') }}
    where decision_hk not in ({{ ghost_keys() }})
),

named_anew as (
    select *
    from named
    {{ not_loaded('named', ['decision_hk']) }}
),

-- Most keys are named by one record, which is the first.
first_named as (
    select named_anew.*
    from named_anew
    anti join {{ ref('repeated_decision__social_decision') }} as repeated
        on named_anew.decision_hk = repeated.decision_hk
    union all
    select
        named_anew.decision_hk,
        any_value(named_anew.decision_id) as decision_id,
        min(named_anew.delivery_number) as delivery_number
    from named_anew
    semi join {{ ref('repeated_decision__social_decision') }} as repeated
        on named_anew.decision_hk = repeated.decision_hk
    group by named_anew.decision_hk
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
