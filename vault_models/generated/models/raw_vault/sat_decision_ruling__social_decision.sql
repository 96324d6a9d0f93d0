-- One row per decision and change of its ruling, as social.decision told it. Insert only.
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
        decision_ruling_hashdiff as hashdiff,
        paatos_pvm as decision_date,
        paatos_tulos as decision_result_code,
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
        min(hashdiff) as hashdiff,
        min(record_id) as record_id
    from staged
    group by decision_hk, extract_datetime
    having min(hashdiff) = max(hashdiff)
),

sequenced as (
    select
        asserted.*,
        coalesce(
            lag(asserted.hashdiff) over (
                partition by asserted.decision_hk
                order by asserted.extract_datetime
            ),
            earlier.hashdiff
        ) as previous_version
    from asserted
    left join
        {{
            latest_before(
                'social.decision', 'decision_hk', 'hashdiff'
            )
        }} as earlier
        on asserted.decision_hk = earlier.decision_hk
)

select
    staged.decision_hk,
    staged.hashdiff,
    staged.decision_date,
    staged.decision_result_code,
    pending.extract_datetime,
    pending.load_datetime,
    pending.record_source,
    pending.delivery_id
from staged
inner join {{ ref('pending_delivery') }} as pending on staged.delivery_number = pending.delivery_number
inner join sequenced on staged.record_id = sequenced.record_id
where
    sequenced.hashdiff is distinct from sequenced.previous_version
    {{ not_loaded('sequenced', ['decision_hk', 'extract_datetime']) }}
{% if not is_incremental() %}
union all
{{ ghost_rows(['decision_hk', 'hashdiff'], {'decision_date': 'date', 'decision_result_code': 'varchar'}) }}
{% endif %}
