-- One row per service_unit that is known now and not gone: its latest attributes and relations.
{{ config(materialized='view') }}

with

latest_details as (
    select *
    from
        {{
            latest_told(
                [(ref('sat_service_unit_details__reference_unit'), ref('status_service_unit__reference_unit'))],
                'service_unit_hk', 'hashdiff',
                [
                    'unit_name_fi',
                    'unit_name_sv',
                    'unit_municipality_code',
                    'production_mode_code',
                    'unit_area_code'
                ]
            )
        }} as latest
),

related_organisation as (
    select
        placed.service_unit_hk,
        relation.organiser_hk,
        relation.producer_hk,
        placed.extract_datetime
    from
        {{
            latest_told(
                [(ref('effsat_service_unit_organisation__reference_unit'), ref('status_service_unit__reference_unit'))],
                'service_unit_hk', 'service_unit_organisation_hk', ['service_unit_organisation_hk']
            )
        }} as placed
    inner join {{ ref('lnk_service_unit_organisation') }} as relation
        on placed.service_unit_organisation_hk = relation.service_unit_organisation_hk
),

-- Gone: what every source that tells of presence says, while no other source tells of the key.
gone as (
    select *
    from
        {{
            gone(
                'service_unit_hk',
                statuses=[ref('status_service_unit__reference_unit')]
            )
        }} as word
),

hub as (
    select *
    from {{ ref('hub_service_unit') }}
    where service_unit_hk not in ({{ ghost_keys() }})
)

select
    hub.service_unit_hk,
    hub.unit_oid,
    latest_details.unit_name_fi,
    latest_details.unit_name_sv,
    latest_details.unit_municipality_code,
    latest_details.production_mode_code,
    latest_details.unit_area_code,
    related_organisation.organiser_hk,
    related_organisation.producer_hk,
    coalesce(
        greatest(
            latest_details.extract_datetime,
            related_organisation.extract_datetime
        ),
        hub.extract_datetime
    ) as extract_datetime
from hub
left join latest_details
    on hub.service_unit_hk = latest_details.service_unit_hk
left join related_organisation
    on hub.service_unit_hk = related_organisation.service_unit_hk
anti join gone on hub.service_unit_hk = gone.service_unit_hk
