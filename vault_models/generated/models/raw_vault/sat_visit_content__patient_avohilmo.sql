-- One row per visit and change of its content, as patient.avohilmo told it. Insert only.
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
        visit_hk,
        visit_content_hashdiff as hashdiff,
        kaynti_kavijaryhma as visitor_group_code,
        kaynti_kiireellisyys as visit_urgency_code,
        kaynti_luonne as visit_nature_code,
        kaynti_ensikaynti as is_first_visit,
        kaynti_syyluokka as visit_reason_class_code,
        kaynti_palvelumuoto as visit_service_form_code,
        kaynti_yhteystapa as contact_type_code,
        kaynti_ammatti as visit_profession_code,
        record_number,
        extract_datetime,
        load_datetime,
        record_source,
        delivery_id
    from {{ ref('stg_patient__avohilmo') }}
    where visit_hk not in ({{ ghost_keys() }})
),

-- The same row twice is one assertion; two different rows for one key and time are a conflict and stay out.
asserted as (
    select
        staged.*,
        row_number() over (
            partition by visit_hk, extract_datetime
            order by load_datetime, delivery_id, record_number
        ) as copy_number,
        min(hashdiff) over (partition by visit_hk, extract_datetime) as lowest,
        max(hashdiff) over (partition by visit_hk, extract_datetime) as highest
    from staged
),

sequenced as (
    select
        asserted.*,
        coalesce(
            lag(asserted.hashdiff) over (
                partition by asserted.visit_hk
                order by asserted.extract_datetime
            ),
            earlier.hashdiff
        ) as previous_version
    from asserted
    left join {{ latest_before('stg_patient__avohilmo', 'visit_hk', 'hashdiff') }} as earlier
        on asserted.visit_hk = earlier.visit_hk
    where
        asserted.copy_number = 1
        and asserted.lowest = asserted.highest
)

select
    visit_hk,
    hashdiff,
    visitor_group_code,
    visit_urgency_code,
    visit_nature_code,
    is_first_visit,
    visit_reason_class_code,
    visit_service_form_code,
    contact_type_code,
    visit_profession_code,
    extract_datetime,
    load_datetime,
    record_source,
    delivery_id
from sequenced
where
    hashdiff is distinct from previous_version
    {{ not_loaded('sequenced', ['visit_hk', 'extract_datetime']) }}
{% if not is_incremental() %}
union all
{{ ghost_rows(['visit_hk', 'hashdiff'], {'visitor_group_code': 'varchar', 'visit_urgency_code': 'varchar', 'visit_nature_code': 'varchar', 'is_first_visit': 'boolean', 'visit_reason_class_code': 'varchar', 'visit_service_form_code': 'varchar', 'contact_type_code': 'varchar', 'visit_profession_code': 'varchar'}) }}
{% endif %}
