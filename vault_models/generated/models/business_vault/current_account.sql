-- One row per account that is known now and not gone: its latest attributes and relations.
{{ config(materialized='view') }}

with

latest_classification as (
    select *
    from
        {{
            latest_told(
                [(ref('sat_account_classification__finance_account'), ref('status_account__finance_account'))],
                'account_hk', 'hashdiff',
                [
                    'account_name_fi',
                    'account_name_sv',
                    'account_group_code'
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
                'account_hk',
                statuses=[ref('status_account__finance_account')]
            )
        }} as word
),

hub as (
    select *
    from {{ ref('hub_account') }}
    where account_hk not in ({{ ghost_keys() }})
)

select
    hub.account_hk,
    hub.account_code,
    latest_classification.account_name_fi,
    latest_classification.account_name_sv,
    latest_classification.account_group_code,
    coalesce(latest_classification.extract_datetime, hub.extract_datetime) as extract_datetime
from hub
left join latest_classification
    on hub.account_hk = latest_classification.account_hk
anti join gone on hub.account_hk = gone.account_hk
