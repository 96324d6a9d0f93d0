-- One row per decision and change of its matter, as social.decision told it. Insert only.
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
        decision_hk,
        decision_matter_hk as decision_matter_hk,
        record_id,
        delivery_number,
        extract_datetime
    from {{ ref('stg_social__decision') }}
    where decision_hk not in ({{ ghost_keys() }})
),

-- The same row twice is one assertion; two different rows for one key and time are a conflict and stay out.
asserted as (
    select
        decision_hk,
        extract_datetime,
        min(decision_matter_hk) as decision_matter_hk,
        min(record_id) as record_id
    from staged
    group by decision_hk, extract_datetime
    having min(decision_matter_hk) = max(decision_matter_hk)
),

sequenced as (
    select
        asserted.*,
        coalesce(
            lag(asserted.decision_matter_hk) over (
                partition by asserted.decision_hk
                order by asserted.extract_datetime
            ),
            earlier.decision_matter_hk
        ) as previous_version
    from asserted
    left join
        {{
            latest_before(
                'social.decision', 'decision_hk', 'decision_matter_hk'
            )
        }} as earlier
        on asserted.decision_hk = earlier.decision_hk
)

select
    staged.decision_hk,
    staged.decision_matter_hk,
    pending.extract_datetime,
    pending.load_datetime,
    pending.record_source,
    pending.delivery_id
from staged
inner join {{ ref('pending_delivery') }} as pending on staged.delivery_number = pending.delivery_number
inner join sequenced on staged.record_id = sequenced.record_id
where
    sequenced.decision_matter_hk is distinct from sequenced.previous_version
    {{ not_loaded('sequenced', ['decision_hk', 'extract_datetime']) }}
{% if not is_incremental() %}
union all
{{ ghost_rows(['decision_hk', 'decision_matter_hk'], {}) }}
{% endif %}
