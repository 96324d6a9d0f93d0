-- One row per code that is known now and not gone: its latest attributes and relations.
{{ config(materialized='view') }}

with

latest_naming as (
    select *
    from
        {{
            latest_told(
                [(ref('rsat_code_naming__reference_code'), ref('status_code__reference_code'))],
                'code_hk', 'hashdiff',
                [
                    'code_valid_to',
                    'code_name_fi',
                    'code_name_sv'
                ]
            )
        }} as latest
),

-- Gone: what every source that tells of presence says, while no other source tells of the key.
gone as (
    select *
    from
        {{
            gone(
                'code_hk',
                statuses=[ref('status_code__reference_code')]
            )
        }} as word
),

hub as (
    select *
    from {{ ref('rhub_code') }}
    where code_hk not in ({{ ghost_keys() }})
)

select
    hub.code_hk,
    hub.code_set_oid,
    hub.code,
    hub.code_valid_from,
    latest_naming.code_valid_to,
    latest_naming.code_name_fi,
    latest_naming.code_name_sv,
    coalesce(latest_naming.extract_datetime, hub.extract_datetime) as extract_datetime
from hub
left join latest_naming
    on hub.code_hk = latest_naming.code_hk
anti join gone on hub.code_hk = gone.code_hk
