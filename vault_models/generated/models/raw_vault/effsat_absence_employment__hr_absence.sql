-- One row per absence and change of its employment, as hr.absence told it. Insert only.
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
        absence_hk,
        absence_employment_hk as absence_employment_hk,
        record_number,
        extract_datetime,
        load_datetime,
        record_source,
        delivery_id
    from {{ ref('stg_hr__absence') }}
    where absence_hk not in ({{ ghost_keys() }})
),

-- The same row twice is one assertion; two different rows for one key and time are a conflict and stay out.
asserted as (
    select
        staged.*,
        row_number() over (
            partition by absence_hk, extract_datetime
            order by load_datetime, delivery_id, record_number
        ) as copy_number,
        min(absence_employment_hk) over (partition by absence_hk, extract_datetime) as lowest,
        max(absence_employment_hk) over (partition by absence_hk, extract_datetime) as highest
    from staged
),

sequenced as (
    select
        asserted.*,
        coalesce(
            lag(asserted.absence_employment_hk) over (
                partition by asserted.absence_hk
                order by asserted.extract_datetime
            ),
            earlier.absence_employment_hk
        ) as previous_version
    from asserted
    left join {{ latest_before('stg_hr__absence', 'absence_hk', 'absence_employment_hk') }} as earlier
        on asserted.absence_hk = earlier.absence_hk
    where
        asserted.copy_number = 1
        and asserted.lowest = asserted.highest
)

select
    absence_hk,
    absence_employment_hk,
    extract_datetime,
    load_datetime,
    record_source,
    delivery_id
from sequenced
where
    absence_employment_hk is distinct from previous_version
    {{ not_loaded('sequenced', ['absence_hk', 'extract_datetime']) }}
{% if not is_incremental() %}
union all
{{ ghost_rows(['absence_hk', 'absence_employment_hk'], {}) }}
{% endif %}
