-- One row per booking and change of its timing, as patient.avohilmo told it. Insert only.
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
        booking_hk,
        booking_timing_hashdiff as hashdiff,
        ajanvaraus_ajankohta as booked_at,
        ajanvaraus_varattu as booked_for,
        ajanvaraus_palvelumuoto as booking_service_form_code,
        ajanvaraus_yhteystapa as booking_contact_type_code,
        peruutus_ajankohta as cancelled_at,
        peruutus_syy as cancellation_reason_code,
        record_number,
        extract_datetime,
        load_datetime,
        record_source,
        delivery_id
    from {{ ref('stg_patient__avohilmo') }}
    where booking_hk not in ({{ ghost_keys() }})
),

-- The same row twice is one assertion; two different rows for one key and time are a conflict and stay out.
asserted as (
    select
        staged.*,
        row_number() over (
            partition by booking_hk, extract_datetime
            order by load_datetime, delivery_id, record_number
        ) as copy_number,
        min(hashdiff) over (partition by booking_hk, extract_datetime) as lowest,
        max(hashdiff) over (partition by booking_hk, extract_datetime) as highest
    from staged
),

sequenced as (
    select
        asserted.*,
        coalesce(
            lag(asserted.hashdiff) over (
                partition by asserted.booking_hk
                order by asserted.extract_datetime
            ),
            earlier.hashdiff
        ) as previous_version
    from asserted
    left join {{ latest_before('stg_patient__avohilmo', 'booking_hk', 'hashdiff') }} as earlier
        on asserted.booking_hk = earlier.booking_hk
    where
        asserted.copy_number = 1
        and asserted.lowest = asserted.highest
)

select
    booking_hk,
    hashdiff,
    booked_at,
    booked_for,
    booking_service_form_code,
    booking_contact_type_code,
    cancelled_at,
    cancellation_reason_code,
    extract_datetime,
    load_datetime,
    record_source,
    delivery_id
from sequenced
where
    hashdiff is distinct from previous_version
    {{ not_loaded('sequenced', ['booking_hk', 'extract_datetime']) }}
{% if not is_incremental() %}
union all
{{ ghost_rows(['booking_hk', 'hashdiff'], {'booked_at': 'timestamp', 'booked_for': 'timestamp', 'booking_service_form_code': 'varchar', 'booking_contact_type_code': 'varchar', 'cancelled_at': 'timestamp', 'cancellation_reason_code': 'varchar'}) }}
{% endif %}
