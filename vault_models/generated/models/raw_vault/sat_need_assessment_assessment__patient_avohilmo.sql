-- One row per need_assessment and change of its assessment, as patient.avohilmo told it. Insert only.
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
        need_assessment_assessment_hashdiff as hashdiff,
        hoidontarve_ajankohta as need_assessed_at,
        hta_ammatti as need_assessment_profession_code,
        hta_ensikaynti as need_assessment_is_first_visit,
        hta_kiireellisyys as need_assessment_urgency_code,
        hta_luonne as need_assessment_nature_code,
        hta_tulos as need_assessment_result_code,
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
        min(hashdiff) as hashdiff,
        min(record_id) as record_id
    from staged
    group by need_assessment_hk, extract_datetime
    having min(hashdiff) = max(hashdiff)
),

sequenced as (
    select
        asserted.*,
        coalesce(
            lag(asserted.hashdiff) over (
                partition by asserted.need_assessment_hk
                order by asserted.extract_datetime
            ),
            earlier.hashdiff
        ) as previous_version
    from asserted
    left join
        {{
            latest_before(
                'patient.avohilmo', 'need_assessment_hk', 'hashdiff'
            )
        }} as earlier
        on asserted.need_assessment_hk = earlier.need_assessment_hk
)

select
    staged.need_assessment_hk,
    staged.hashdiff,
    staged.need_assessed_at,
    staged.need_assessment_profession_code,
    staged.need_assessment_is_first_visit,
    staged.need_assessment_urgency_code,
    staged.need_assessment_nature_code,
    staged.need_assessment_result_code,
    pending.extract_datetime,
    pending.load_datetime,
    pending.record_source,
    pending.delivery_id
from staged
inner join {{ ref('pending_delivery') }} as pending on staged.delivery_number = pending.delivery_number
inner join sequenced on staged.record_id = sequenced.record_id
where
    sequenced.hashdiff is distinct from sequenced.previous_version
    {{ not_loaded('sequenced', ['need_assessment_hk', 'extract_datetime']) }}
{% if not is_incremental() %}
union all
{{ ghost_rows(['need_assessment_hk', 'hashdiff'], {'need_assessed_at': 'timestamp', 'need_assessment_profession_code': 'varchar', 'need_assessment_is_first_visit': 'boolean', 'need_assessment_urgency_code': 'varchar', 'need_assessment_nature_code': 'varchar', 'need_assessment_result_code': 'varchar'}) }}
{% endif %}
