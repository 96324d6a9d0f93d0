-- One row per booking that is known now and not gone: its latest attributes and relations.
{{ config(materialized='view') }}

with

latest_timing as (
    select *
    from
        {{
            latest_told(
                [(ref('sat_booking_timing__patient_avohilmo'), none)],
                'booking_hk', 'hashdiff',
                [
                    'booked_at',
                    'booked_for',
                    'booking_service_form_code',
                    'booking_contact_type_code',
                    'cancelled_at',
                    'cancellation_reason_code'
                ]
            )
        }} as latest
),

related_care as (
    select
        placed.booking_hk,
        relation.person_hk,
        relation.service_unit_hk,
        placed.extract_datetime
    from
        {{
            latest_told(
                [(ref('effsat_booking_care__patient_avohilmo'), none)],
                'booking_hk', 'booking_care_hk', ['booking_care_hk']
            )
        }} as placed
    inner join {{ ref('lnk_booking_care') }} as relation
        on placed.booking_care_hk = relation.booking_care_hk
),

hub as (
    select *
    from {{ ref('hub_booking') }}
    where booking_hk not in ({{ ghost_keys() }})
)

select
    hub.booking_hk,
    hub.booking_id,
    latest_timing.booked_at,
    latest_timing.booked_for,
    latest_timing.booking_service_form_code,
    latest_timing.booking_contact_type_code,
    latest_timing.cancelled_at,
    latest_timing.cancellation_reason_code,
    related_care.person_hk,
    related_care.service_unit_hk,
    coalesce(
        greatest(
            latest_timing.extract_datetime,
            related_care.extract_datetime
        ),
        hub.extract_datetime
    ) as extract_datetime
from hub
left join latest_timing
    on hub.booking_hk = latest_timing.booking_hk
left join related_care
    on hub.booking_hk = related_care.booking_hk
