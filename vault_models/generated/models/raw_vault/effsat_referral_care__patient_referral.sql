-- One row per referral and change of its care, as patient.referral told it. Insert only.
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
        referral_hk,
        referral_care_hk as referral_care_hk,
        record_id,
        delivery_number,
        extract_datetime
    from {{ ref('stg_patient__referral') }}
    where referral_hk not in ({{ ghost_keys() }})
),

-- The same row twice is one assertion; two different rows for one key and time are a conflict and stay out.
asserted as (
    select
        referral_hk,
        extract_datetime,
        min(referral_care_hk) as referral_care_hk,
        min(record_id) as record_id
    from staged
    group by referral_hk, extract_datetime
    having min(referral_care_hk) = max(referral_care_hk)
),

sequenced as (
    select
        asserted.*,
        coalesce(
            lag(asserted.referral_care_hk) over (
                partition by asserted.referral_hk
                order by asserted.extract_datetime
            ),
            earlier.referral_care_hk
        ) as previous_version
    from asserted
    left join
        {{
            latest_before(
                'patient.referral', 'referral_hk', 'referral_care_hk'
            )
        }} as earlier
        on asserted.referral_hk = earlier.referral_hk
)

select
    staged.referral_hk,
    staged.referral_care_hk,
    pending.extract_datetime,
    pending.load_datetime,
    pending.record_source,
    pending.delivery_id
from staged
inner join {{ ref('pending_delivery') }} as pending on staged.delivery_number = pending.delivery_number
inner join sequenced on staged.record_id = sequenced.record_id
where
    sequenced.referral_care_hk is distinct from sequenced.previous_version
    {{ not_loaded('sequenced', ['referral_hk', 'extract_datetime']) }}
{% if not is_incremental() %}
union all
{{ ghost_rows(['referral_hk', 'referral_care_hk'], {}) }}
{% endif %}
