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
        record_id,
        delivery_number,
        extract_datetime
    from {{ ref('stg_hr__employment') }}
    where employment_hk not in ({{ ghost_keys() }})
),

-- The same row twice is one assertion; two different rows for one key and time are a conflict and stay out.
asserted as (
    select
        employment_hk,
        extract_datetime,
        min(hashdiff) as hashdiff,
        min(record_id) as record_id
    from staged
    group by employment_hk, extract_datetime
    having min(hashdiff) = max(hashdiff)
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
    left join
        {{
            latest_before(
                'hr.employment', 'employment_hk', 'hashdiff'
            )
        }} as earlier
        on asserted.employment_hk = earlier.employment_hk
)

select
    staged.employment_hk,
    staged.hashdiff,
    staged.job_title,
    staged.profession_group_code,
    staged.employment_nature_code,
    staged.part_time_percent,
    staged.employment_started_date,
    staged.employment_ended_date,
    pending.extract_datetime,
    pending.load_datetime,
    pending.record_source,
    pending.delivery_id
from staged
inner join {{ ref('pending_delivery') }} as pending on staged.delivery_number = pending.delivery_number
inner join sequenced on staged.record_id = sequenced.record_id
where
    sequenced.hashdiff is distinct from sequenced.previous_version
    {{ not_loaded('sequenced', ['employment_hk', 'extract_datetime']) }}
{% if not is_incremental() %}
union all
{{ ghost_rows(['employment_hk', 'hashdiff'], {'job_title': 'varchar', 'profession_group_code': 'varchar', 'employment_nature_code': 'varchar', 'part_time_percent': 'decimal(18, 2)', 'employment_started_date': 'date', 'employment_ended_date': 'date'}) }}
{% endif %}
