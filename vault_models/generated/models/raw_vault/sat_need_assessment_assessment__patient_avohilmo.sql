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
        record_number,
        extract_datetime,
        load_datetime,
        record_source,
        delivery_id
    from {{ ref('stg_patient__avohilmo') }}
    where need_assessment_hk not in ({{ ghost_keys() }})
),

-- The same row twice is one assertion; two different rows for one key and time are a conflict and stay out.
asserted as (
    select
        staged.*,
        row_number() over (
            partition by need_assessment_hk, extract_datetime
            order by load_datetime, delivery_id, record_number
        ) as copy_number,
        min(hashdiff) over (partition by need_assessment_hk, extract_datetime) as lowest,
        max(hashdiff) over (partition by need_assessment_hk, extract_datetime) as highest
    from staged
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
    left join {{ latest_before('stg_patient__avohilmo', 'need_assessment_hk', 'hashdiff') }} as earlier
        on asserted.need_assessment_hk = earlier.need_assessment_hk
    where
        asserted.copy_number = 1
        and asserted.lowest = asserted.highest
)

select
    need_assessment_hk,
    hashdiff,
    need_assessed_at,
    need_assessment_profession_code,
    need_assessment_is_first_visit,
    need_assessment_urgency_code,
    need_assessment_nature_code,
    need_assessment_result_code,
    extract_datetime,
    load_datetime,
    record_source,
    delivery_id
from sequenced
where
    hashdiff is distinct from previous_version
    {{ not_loaded('sequenced', ['need_assessment_hk', 'extract_datetime']) }}
{% if not is_incremental() %}
union all
{{ ghost_rows(['need_assessment_hk', 'hashdiff'], {'need_assessed_at': 'timestamp', 'need_assessment_profession_code': 'varchar', 'need_assessment_is_first_visit': 'boolean', 'need_assessment_urgency_code': 'varchar', 'need_assessment_nature_code': 'varchar', 'need_assessment_result_code': 'varchar'}) }}
{% endif %}
