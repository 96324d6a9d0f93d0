-- One row per account that is known now and not gone: its latest attributes and relations.
{{ config(materialized='view') }}

with

latest_classification as (
    select *
    from (
        select
            told.*,
            row_number() over (
                partition by account_hk
                order by extract_datetime desc, load_datetime desc, record_source
            ) as place
        from (
            select
                account_hk,
                account_name_fi,
                account_name_sv,
                account_group_code,
                extract_datetime,
                load_datetime,
                record_source
            from
                {{
                    first_of_run(
                        ref('sat_account_classification__finance_account'), 'account_hk', 'hashdiff'
                    )
                }} as versions
        ) as told
    ) as placed
    where place = 1
),

-- Gone: what every source that tells of presence says, while no other source tells of the key.
gone as (
    select account_hk
    from (
        select
            account_hk,
            {{ is_there() }} as is_present
        from {{ ref('status_account__finance_account') }}
        group by account_hk, partition_value
    ) as told
    group by account_hk
    having max(case when is_present then 1 else 0 end) = 0
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
    latest_classification.extract_datetime as extract_datetime
from hub
left join latest_classification
    on hub.account_hk = latest_classification.account_hk
where not exists (select 1 from gone where gone.account_hk = hub.account_hk)
