-- One row per service_start and change of its decision, as social.decision told it. Insert only.
{{
    config(
        materialized='incremental',
        incremental_strategy='append',
        on_schema_change='append_new_columns',
        full_refresh=false
    )
}}

with

staged as (
    select
        service_start_hk,
        service_start_decision_hk as service_start_decision_hk,
        record_id,
        delivery_number,
        extract_datetime
    from {{ ref('stg_social__decision') }}
    where service_start_hk not in ({{ ghost_keys() }})
),

-- The same row twice is one assertion; two different rows for one key and time are a conflict and stay out.
asserted as (
    select
        service_start_hk,
        extract_datetime,
        min(service_start_decision_hk) as service_start_decision_hk,
        min(record_id) as record_id
    from staged
    group by service_start_hk, extract_datetime
    having min(service_start_decision_hk) = max(service_start_decision_hk)
),

sequenced as (
    select
        asserted.*,
        coalesce(
            lag(asserted.service_start_decision_hk) over (
                partition by asserted.service_start_hk
                order by asserted.extract_datetime
            ),
            earlier.service_start_decision_hk
        ) as previous_version
    from asserted
    left join
        {{
            latest_before(
                'social.decision', 'service_start_hk', 'service_start_decision_hk'
            )
        }} as earlier
        on asserted.service_start_hk = earlier.service_start_hk
)

select
    staged.service_start_hk,
    staged.service_start_decision_hk,
    pending.extract_datetime,
    pending.load_datetime,
    pending.record_source,
    pending.delivery_id
from staged
inner join {{ ref('pending_delivery') }} as pending on staged.delivery_number = pending.delivery_number
inner join sequenced on staged.record_id = sequenced.record_id
where
    sequenced.service_start_decision_hk is distinct from sequenced.previous_version
    {{ not_loaded('sequenced', ['service_start_hk', 'extract_datetime']) }}
{% if not is_incremental() %}
union all
{{ ghost_rows(['service_start_hk', 'service_start_decision_hk'], {}) }}
{% endif %}
