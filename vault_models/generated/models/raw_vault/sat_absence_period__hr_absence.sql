-- One row per absence and change of its period, as hr.absence told it. Insert only.
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
        absence_period_hashdiff as hashdiff,
        syy as absence_reason_code,
        palkallinen as absence_is_paid,
        prosentti as absence_percent,
        alkoi as absence_started_date,
        paattyi as absence_ended_date,
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
        min(hashdiff) as hashdiff,
        min(record_id) as record_id
    from staged
    group by absence_hk, extract_datetime
    having min(hashdiff) = max(hashdiff)
),

sequenced as (
    select
        asserted.*,
        coalesce(
            lag(asserted.hashdiff) over (
                partition by asserted.absence_hk
                order by asserted.extract_datetime
            ),
            earlier.hashdiff
        ) as previous_version
    from asserted
    left join
        {{
            latest_before(
                'hr.absence', 'absence_hk', 'hashdiff'
            )
        }} as earlier
        on asserted.absence_hk = earlier.absence_hk
)

select
    staged.absence_hk,
    staged.hashdiff,
    staged.absence_reason_code,
    staged.absence_is_paid,
    staged.absence_percent,
    staged.absence_started_date,
    staged.absence_ended_date,
    pending.extract_datetime,
    pending.load_datetime,
    pending.record_source,
    pending.delivery_id
from staged
inner join {{ ref('pending_delivery') }} as pending on staged.delivery_number = pending.delivery_number
inner join sequenced on staged.record_id = sequenced.record_id
where
    sequenced.hashdiff is distinct from sequenced.previous_version
    {{ not_loaded('sequenced', ['absence_hk', 'extract_datetime']) }}
{% if not is_incremental() %}
union all
{{ ghost_rows(['absence_hk', 'hashdiff'], {'absence_reason_code': 'varchar', 'absence_is_paid': 'boolean', 'absence_percent': 'decimal(18, 2)', 'absence_started_date': 'date', 'absence_ended_date': 'date'}) }}
{% endif %}
