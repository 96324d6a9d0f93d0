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
        record_number,
        extract_datetime,
        load_datetime,
        record_source,
        delivery_id
    from {{ ref('stg_social__decision') }}
    where decision_hk not in ({{ ghost_keys() }})
),

-- The same row twice is one assertion; two different rows for one key and time are a conflict and stay out.
asserted as (
    select
        staged.*,
        row_number() over (
            partition by decision_hk, extract_datetime
            order by load_datetime, delivery_id, record_number
        ) as copy_number,
        min(hashdiff) over (partition by decision_hk, extract_datetime) as lowest,
        max(hashdiff) over (partition by decision_hk, extract_datetime) as highest
    from staged
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
    left join {{ latest_before('stg_social__decision', 'decision_hk', 'hashdiff') }} as earlier
        on asserted.decision_hk = earlier.decision_hk
    where
        asserted.copy_number = 1
        and asserted.lowest = asserted.highest
)

select
    decision_hk,
    hashdiff,
    decision_date,
    decision_result_code,
    extract_datetime,
    load_datetime,
    record_source,
    delivery_id
from sequenced
where
    hashdiff is distinct from previous_version
    {{ not_loaded('sequenced', ['decision_hk', 'extract_datetime']) }}
{% if not is_incremental() %}
union all
{{ ghost_rows(['decision_hk', 'hashdiff'], {'decision_date': 'date', 'decision_result_code': 'varchar'}) }}
{% endif %}
