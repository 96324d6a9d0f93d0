-- One row per service_unit and change of its details, as reference.unit told it. Insert only.
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
        service_unit_hk,
        service_unit_details_hashdiff as hashdiff,
        nimi as unit_name_fi,
        namn as unit_name_sv,
        kunta as unit_municipality_code,
        tuotantotapa as production_mode_code,
        palveluala as unit_area_code,
        record_number,
        extract_datetime,
        load_datetime,
        record_source,
        delivery_id
    from {{ ref('stg_reference__unit') }}
    where service_unit_hk not in ({{ ghost_keys() }})
),

-- The same row twice is one assertion; two different rows for one key and time are a conflict and stay out.
asserted as (
    select
        staged.*,
        row_number() over (
            partition by service_unit_hk, extract_datetime
            order by load_datetime, delivery_id, record_number
        ) as copy_number,
        min(hashdiff) over (partition by service_unit_hk, extract_datetime) as lowest,
        max(hashdiff) over (partition by service_unit_hk, extract_datetime) as highest
    from staged
),

sequenced as (
    select
        asserted.*,
        coalesce(
            lag(asserted.hashdiff) over (
                partition by asserted.service_unit_hk
                order by asserted.extract_datetime
            ),
            earlier.hashdiff
        ) as previous_version
    from asserted
    left join {{ latest_before('stg_reference__unit', 'service_unit_hk', 'hashdiff') }} as earlier
        on asserted.service_unit_hk = earlier.service_unit_hk
    where
        asserted.copy_number = 1
        and asserted.lowest = asserted.highest
)

select
    service_unit_hk,
    hashdiff,
    unit_name_fi,
    unit_name_sv,
    unit_municipality_code,
    production_mode_code,
    unit_area_code,
    extract_datetime,
    load_datetime,
    record_source,
    delivery_id
from sequenced
where
    hashdiff is distinct from previous_version
    {{ not_loaded('sequenced', ['service_unit_hk', 'extract_datetime']) }}
{% if not is_incremental() %}
union all
{{ ghost_rows(['service_unit_hk', 'hashdiff'], {'unit_name_fi': 'varchar', 'unit_name_sv': 'varchar', 'unit_municipality_code': 'varchar', 'production_mode_code': 'varchar', 'unit_area_code': 'varchar'}) }}
{% endif %}
