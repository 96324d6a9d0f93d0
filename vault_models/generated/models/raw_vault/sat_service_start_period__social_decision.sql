-- One row per service_start and change of its period, as social.decision told it. Insert only.
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
        service_start_period_hashdiff as hashdiff,
        palvelu_alkoi_pvm as service_started_date,
        palvelu_paattyi_pvm as service_ended_date,
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
        min(hashdiff) as hashdiff,
        min(record_id) as record_id
    from staged
    group by service_start_hk, extract_datetime
    having min(hashdiff) = max(hashdiff)
),

sequenced as (
    select
        asserted.*,
        coalesce(
            lag(asserted.hashdiff) over (
                partition by asserted.service_start_hk
                order by asserted.extract_datetime
            ),
            earlier.hashdiff
        ) as previous_version
    from asserted
    left join
        {{
            latest_before(
                'social.decision', 'service_start_hk', 'hashdiff'
            )
        }} as earlier
        on asserted.service_start_hk = earlier.service_start_hk
)

select
    staged.service_start_hk,
    staged.hashdiff,
    staged.service_started_date,
    staged.service_ended_date,
    pending.extract_datetime,
    pending.load_datetime,
    pending.record_source,
    pending.delivery_id
from staged
inner join {{ ref('pending_delivery') }} as pending on staged.delivery_number = pending.delivery_number
inner join sequenced on staged.record_id = sequenced.record_id
where
    sequenced.hashdiff is distinct from sequenced.previous_version
    {{ not_loaded('sequenced', ['service_start_hk', 'extract_datetime']) }}
{% if not is_incremental() %}
union all
{{ ghost_rows(['service_start_hk', 'hashdiff'], {'service_started_date': 'date', 'service_ended_date': 'date'}) }}
{% endif %}
