-- One row per employment and change of its terms, as hr.employment told it. Insert only.
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
        employment_hk,
        employment_terms_hashdiff as hashdiff,
        ammattinimike as job_title,
        ammattiryhma as profession_group_code,
        luonne as employment_nature_code,
        osa_aikaprosentti as part_time_percent,
        alkoi as employment_started_date,
        paattyi as employment_ended_date,
        record_number,
        extract_datetime,
        load_datetime,
        record_source,
        delivery_id
    from {{ ref('stg_hr__employment') }}
    where employment_hk not in ({{ ghost_keys() }})
),

-- The same row twice is one assertion; two different rows for one key and time are a conflict and stay out.
asserted as (
    select
        staged.*,
        row_number() over (
            partition by employment_hk, extract_datetime
            order by load_datetime, delivery_id, record_number
        ) as copy_number,
        min(hashdiff) over (partition by employment_hk, extract_datetime) as lowest,
        max(hashdiff) over (partition by employment_hk, extract_datetime) as highest
    from staged
),

sequenced as (
    select
        asserted.*,
        coalesce(
            lag(asserted.hashdiff) over (
                partition by asserted.employment_hk
                order by asserted.extract_datetime
            ),
            earlier.hashdiff
        ) as previous_version
    from asserted
    left join {{ latest_before('stg_hr__employment', 'employment_hk', 'hashdiff') }} as earlier
        on asserted.employment_hk = earlier.employment_hk
    where
        asserted.copy_number = 1
        and asserted.lowest = asserted.highest
)

select
    employment_hk,
    hashdiff,
    job_title,
    profession_group_code,
    employment_nature_code,
    part_time_percent,
    employment_started_date,
    employment_ended_date,
    extract_datetime,
    load_datetime,
    record_source,
    delivery_id
from sequenced
where
    hashdiff is distinct from previous_version
    {{ not_loaded('sequenced', ['employment_hk', 'extract_datetime']) }}
{% if not is_incremental() %}
union all
{{ ghost_rows(['employment_hk', 'hashdiff'], {'job_title': 'varchar', 'profession_group_code': 'varchar', 'employment_nature_code': 'varchar', 'part_time_percent': 'decimal(18, 2)', 'employment_started_date': 'date', 'employment_ended_date': 'date'}) }}
{% endif %}
