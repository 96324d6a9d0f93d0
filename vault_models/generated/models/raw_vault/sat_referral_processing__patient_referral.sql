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
        record_number,
        extract_datetime,
        load_datetime,
        record_source,
        delivery_id
    from {{ ref('stg_patient__referral') }}
    where referral_hk not in ({{ ghost_keys() }})
),

-- The same row twice is one assertion; two different rows for one key and time are a conflict and stay out.
asserted as (
    select
        staged.*,
        row_number() over (
            partition by referral_hk, extract_datetime
            order by load_datetime, delivery_id, record_number
        ) as copy_number,
        min(hashdiff) over (partition by referral_hk, extract_datetime) as lowest,
        max(hashdiff) over (partition by referral_hk, extract_datetime) as highest
    from staged
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
    left join {{ latest_before('stg_patient__referral', 'referral_hk', 'hashdiff') }} as earlier
        on asserted.referral_hk = earlier.referral_hk
    where
        asserted.copy_number = 1
        and asserted.lowest = asserted.highest
)

select
    referral_hk,
    hashdiff,
    referral_arrived_date,
    referral_processed_date,
    referral_specialty_code,
    referral_sender_code,
    referral_urgency_code,
    referral_municipality_code,
    extract_datetime,
    load_datetime,
    record_source,
    delivery_id
from sequenced
where
    hashdiff is distinct from previous_version
    {{ not_loaded('sequenced', ['referral_hk', 'extract_datetime']) }}
{% if not is_incremental() %}
union all
{{ ghost_rows(['referral_hk', 'hashdiff'], {'referral_arrived_date': 'date', 'referral_processed_date': 'date', 'referral_specialty_code': 'varchar', 'referral_sender_code': 'varchar', 'referral_urgency_code': 'varchar', 'referral_municipality_code': 'varchar'}) }}
{% endif %}
