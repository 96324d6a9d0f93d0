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
        record_id,
        delivery_number,
        extract_datetime
    from {{ ref('stg_hr__absence') }}
    where absence_hk not in ({{ ghost_keys() }})
),

-- The same row twice is one assertion; two different rows for one key and time are a conflict and stay out.
asserted as (
    select
        absence_hk,
        extract_datetime,
        min(absence_employment_hk) as absence_employment_hk,
        min(record_id) as record_id
    from staged
    group by absence_hk, extract_datetime
    having min(absence_employment_hk) = max(absence_employment_hk)
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
    left join
        {{
            latest_before(
                'hr.absence', 'absence_hk', 'absence_employment_hk'
            )
        }} as earlier
        on asserted.absence_hk = earlier.absence_hk
)

select
    staged.absence_hk,
    staged.absence_employment_hk,
    pending.extract_datetime,
    pending.load_datetime,
    pending.record_source,
    pending.delivery_id
from staged
inner join {{ ref('pending_delivery') }} as pending on staged.delivery_number = pending.delivery_number
inner join sequenced on staged.record_id = sequenced.record_id
where
    sequenced.absence_employment_hk is distinct from sequenced.previous_version
    {{ not_loaded('sequenced', ['absence_hk', 'extract_datetime']) }}
{% if not is_incremental() %}
union all
{{ ghost_rows(['absence_hk', 'absence_employment_hk'], {}) }}
{% endif %}
