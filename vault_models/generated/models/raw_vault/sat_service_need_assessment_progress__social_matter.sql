-- One row per service_need_assessment and change of its progress, as social.matter told it. Insert only.
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
        service_need_assessment_hk,
        service_need_assessment_progress_hashdiff as hashdiff,
        pta_alkoi_pvm as assessment_started_date,
        pta_valmis_pvm as assessment_ready_date,
        record_id,
        delivery_number,
        extract_datetime
    from {{ ref('stg_social__matter') }}
    where service_need_assessment_hk not in ({{ ghost_keys() }})
),

-- The same row twice is one assertion; two different rows for one key and time are a conflict and stay out.
asserted as (
    select
        service_need_assessment_hk,
        extract_datetime,
        min(hashdiff) as hashdiff,
        min(record_id) as record_id
    from staged
    group by service_need_assessment_hk, extract_datetime
    having min(hashdiff) = max(hashdiff)
),

sequenced as (
    select
        asserted.*,
        coalesce(
            lag(asserted.hashdiff) over (
                partition by asserted.service_need_assessment_hk
                order by asserted.extract_datetime
            ),
            earlier.hashdiff
        ) as previous_version
    from asserted
    left join
        {{
            latest_before(
                'social.matter', 'service_need_assessment_hk', 'hashdiff'
            )
        }} as earlier
        on asserted.service_need_assessment_hk = earlier.service_need_assessment_hk
)

select
    staged.service_need_assessment_hk,
    staged.hashdiff,
    staged.assessment_started_date,
    staged.assessment_ready_date,
    pending.extract_datetime,
    pending.load_datetime,
    pending.record_source,
    pending.delivery_id
from staged
inner join {{ ref('pending_delivery') }} as pending on staged.delivery_number = pending.delivery_number
inner join sequenced on staged.record_id = sequenced.record_id
where
    sequenced.hashdiff is distinct from sequenced.previous_version
    {{ not_loaded('sequenced', ['service_need_assessment_hk', 'extract_datetime']) }}
{% if not is_incremental() %}
union all
{{ ghost_rows(['service_need_assessment_hk', 'hashdiff'], {'assessment_started_date': 'date', 'assessment_ready_date': 'date'}) }}
{% endif %}
