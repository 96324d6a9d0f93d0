-- One row per referral and change of its processing, as patient.referral told it. Insert only.
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
        referral_processing_hashdiff as hashdiff,
        lanttupva as referral_arrived_date,
        lantkaspva as referral_processed_date,
        ea as referral_specialty_code,
        lant as referral_sender_code,
        kiireellisyys as referral_urgency_code,
        koku as referral_municipality_code,
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
        min(hashdiff) as hashdiff,
        min(record_id) as record_id
    from staged
    group by referral_hk, extract_datetime
    having min(hashdiff) = max(hashdiff)
),

sequenced as (
    select
        asserted.*,
        coalesce(
            lag(asserted.hashdiff) over (
                partition by asserted.referral_hk
                order by asserted.extract_datetime
            ),
            earlier.hashdiff
        ) as previous_version
    from asserted
    left join
        {{
            latest_before(
                'patient.referral', 'referral_hk', 'hashdiff'
            )
        }} as earlier
        on asserted.referral_hk = earlier.referral_hk
)

select
    staged.referral_hk,
    staged.hashdiff,
    staged.referral_arrived_date,
    staged.referral_processed_date,
    staged.referral_specialty_code,
    staged.referral_sender_code,
    staged.referral_urgency_code,
    staged.referral_municipality_code,
    pending.extract_datetime,
    pending.load_datetime,
    pending.record_source,
    pending.delivery_id
from staged
inner join {{ ref('pending_delivery') }} as pending on staged.delivery_number = pending.delivery_number
inner join sequenced on staged.record_id = sequenced.record_id
where
    sequenced.hashdiff is distinct from sequenced.previous_version
    {{ not_loaded('sequenced', ['referral_hk', 'extract_datetime']) }}
{% if not is_incremental() %}
union all
{{ ghost_rows(['referral_hk', 'hashdiff'], {'referral_arrived_date': 'date', 'referral_processed_date': 'date', 'referral_specialty_code': 'varchar', 'referral_sender_code': 'varchar', 'referral_urgency_code': 'varchar', 'referral_municipality_code': 'varchar'}) }}
{% endif %}
