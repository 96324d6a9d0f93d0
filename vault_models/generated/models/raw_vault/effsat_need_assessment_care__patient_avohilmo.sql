-- One row per need_assessment and change of its care, as patient.avohilmo told it. Insert only.
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
        need_assessment_hk,
        need_assessment_care_hk as need_assessment_care_hk,
        record_id,
        delivery_number,
        extract_datetime
    from {{ ref('stg_patient__avohilmo') }}
    where need_assessment_hk not in ({{ ghost_keys() }})
),

-- The same row twice is one assertion; two different rows for one key and time are a conflict and stay out.
asserted as (
    select
        need_assessment_hk,
        extract_datetime,
        min(need_assessment_care_hk) as need_assessment_care_hk,
        min(record_id) as record_id
    from staged
    group by need_assessment_hk, extract_datetime
    having min(need_assessment_care_hk) = max(need_assessment_care_hk)
),

sequenced as (
    select
        asserted.*,
        coalesce(
            lag(asserted.need_assessment_care_hk) over (
                partition by asserted.need_assessment_hk
                order by asserted.extract_datetime
            ),
            earlier.need_assessment_care_hk
        ) as previous_version
    from asserted
    left join
        {{
            latest_before(
                'patient.avohilmo', 'need_assessment_hk', 'need_assessment_care_hk'
            )
        }} as earlier
        on asserted.need_assessment_hk = earlier.need_assessment_hk
)

select
    staged.need_assessment_hk,
    staged.need_assessment_care_hk,
    pending.extract_datetime,
    pending.load_datetime,
    pending.record_source,
    pending.delivery_id
from staged
inner join {{ ref('pending_delivery') }} as pending on staged.delivery_number = pending.delivery_number
inner join sequenced on staged.record_id = sequenced.record_id
where
    sequenced.need_assessment_care_hk is distinct from sequenced.previous_version
    {{ not_loaded('sequenced', ['need_assessment_hk', 'extract_datetime']) }}
{% if not is_incremental() %}
union all
{{ ghost_rows(['need_assessment_hk', 'need_assessment_care_hk'], {}) }}
{% endif %}
