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
        min(employment_assignment_hk) as employment_assignment_hk,
        min(record_id) as record_id
    from staged
    group by employment_hk, extract_datetime
    having min(employment_assignment_hk) = max(employment_assignment_hk)
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
    left join
        {{
            latest_before(
                'hr.employment', 'employment_hk', 'employment_assignment_hk'
            )
        }} as earlier
        on asserted.employment_hk = earlier.employment_hk
)

select
    staged.employment_hk,
    staged.employment_assignment_hk,
    pending.extract_datetime,
    pending.load_datetime,
    pending.record_source,
    pending.delivery_id
from staged
inner join {{ ref('pending_delivery') }} as pending on staged.delivery_number = pending.delivery_number
inner join sequenced on staged.record_id = sequenced.record_id
where
    sequenced.employment_assignment_hk is distinct from sequenced.previous_version
    {{ not_loaded('sequenced', ['employment_hk', 'extract_datetime']) }}
{% if not is_incremental() %}
union all
{{ ghost_rows(['employment_hk', 'employment_assignment_hk'], {}) }}
{% endif %}
