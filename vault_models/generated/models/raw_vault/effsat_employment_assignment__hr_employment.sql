-- One row per employment and change of its assignment, as hr.employment told it. Insert only.
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
        employment_assignment_hk as employment_assignment_hk,
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
        min(employment_assignment_hk) over (partition by employment_hk, extract_datetime) as lowest,
        max(employment_assignment_hk) over (partition by employment_hk, extract_datetime) as highest
    from staged
),

sequenced as (
    select
        asserted.*,
        coalesce(
            lag(asserted.employment_assignment_hk) over (
                partition by asserted.employment_hk
                order by asserted.extract_datetime
            ),
            earlier.employment_assignment_hk
        ) as previous_version
    from asserted
    left join {{ latest_before('stg_hr__employment', 'employment_hk', 'employment_assignment_hk') }} as earlier
        on asserted.employment_hk = earlier.employment_hk
    where
        asserted.copy_number = 1
        and asserted.lowest = asserted.highest
)

select
    employment_hk,
    employment_assignment_hk,
    extract_datetime,
    load_datetime,
    record_source,
    delivery_id
from sequenced
where
    employment_assignment_hk is distinct from previous_version
    {{ not_loaded('sequenced', ['employment_hk', 'extract_datetime']) }}
{% if not is_incremental() %}
union all
{{ ghost_rows(['employment_hk', 'employment_assignment_hk'], {}) }}
{% endif %}
