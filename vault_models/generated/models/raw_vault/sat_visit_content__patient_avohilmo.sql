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
        record_id,
        delivery_number,
        extract_datetime
    from {{ ref('stg_patient__avohilmo') }}
    where visit_hk not in ({{ ghost_keys() }})
),

-- The same row twice is one assertion; two different rows for one key and time are a conflict and stay out.
asserted as (
    select
        visit_hk,
        extract_datetime,
        min(hashdiff) as hashdiff,
        min(record_id) as record_id
    from staged
    group by visit_hk, extract_datetime
    having min(hashdiff) = max(hashdiff)
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
    left join
        {{
            latest_before(
                'patient.avohilmo', 'visit_hk', 'hashdiff'
            )
        }} as earlier
        on asserted.visit_hk = earlier.visit_hk
)

select
    staged.visit_hk,
    staged.hashdiff,
    staged.visitor_group_code,
    staged.visit_urgency_code,
    staged.visit_nature_code,
    staged.is_first_visit,
    staged.visit_reason_class_code,
    staged.visit_service_form_code,
    staged.contact_type_code,
    staged.visit_profession_code,
    pending.extract_datetime,
    pending.load_datetime,
    pending.record_source,
    pending.delivery_id
from staged
inner join {{ ref('pending_delivery') }} as pending on staged.delivery_number = pending.delivery_number
inner join sequenced on staged.record_id = sequenced.record_id
where
    sequenced.hashdiff is distinct from sequenced.previous_version
    {{ not_loaded('sequenced', ['visit_hk', 'extract_datetime']) }}
{% if not is_incremental() %}
union all
{{ ghost_rows(['visit_hk', 'hashdiff'], {'visitor_group_code': 'varchar', 'visit_urgency_code': 'varchar', 'visit_nature_code': 'varchar', 'is_first_visit': 'boolean', 'visit_reason_class_code': 'varchar', 'visit_service_form_code': 'varchar', 'contact_type_code': 'varchar', 'visit_profession_code': 'varchar'}) }}
{% endif %}
