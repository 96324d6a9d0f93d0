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
        record_id,
        delivery_number,
        extract_datetime
    from {{ ref('stg_patient__avohilmo') }}
    where booking_hk not in ({{ ghost_keys() }})
),

-- The same row twice is one assertion; two different rows for one key and time are a conflict and stay out.
asserted as (
    select
        booking_hk,
        extract_datetime,
        min(hashdiff) as hashdiff,
        min(record_id) as record_id
    from staged
    group by booking_hk, extract_datetime
    having min(hashdiff) = max(hashdiff)
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
    left join
        {{
            latest_before(
                'patient.avohilmo', 'booking_hk', 'hashdiff'
            )
        }} as earlier
        on asserted.booking_hk = earlier.booking_hk
)

select
    staged.booking_hk,
    staged.hashdiff,
    staged.booked_at,
    staged.booked_for,
    staged.booking_service_form_code,
    staged.booking_contact_type_code,
    staged.cancelled_at,
    staged.cancellation_reason_code,
    pending.extract_datetime,
    pending.load_datetime,
    pending.record_source,
    pending.delivery_id
from staged
inner join {{ ref('pending_delivery') }} as pending on staged.delivery_number = pending.delivery_number
inner join sequenced on staged.record_id = sequenced.record_id
where
    sequenced.hashdiff is distinct from sequenced.previous_version
    {{ not_loaded('sequenced', ['booking_hk', 'extract_datetime']) }}
{% if not is_incremental() %}
union all
{{ ghost_rows(['booking_hk', 'hashdiff'], {'booked_at': 'timestamp', 'booked_for': 'timestamp', 'booking_service_form_code': 'varchar', 'booking_contact_type_code': 'varchar', 'cancelled_at': 'timestamp', 'cancellation_reason_code': 'varchar'}) }}
{% endif %}
