-- One row per producer that is known now and not gone: its latest attributes and relations.
{{ config(materialized='view') }}

with

latest_identity as (
    select *
    from (
        select
            told.*,
            row_number() over (
                partition by producer_hk
                order by extract_datetime desc, load_datetime desc, record_source
            ) as place
        from (
            select
                producer_hk,
                producer_name,
                extract_datetime,
                load_datetime,
                record_source
            from
                {{
                    first_of_run(
                        ref('sat_producer_identity__reference_unit'), 'producer_hk', 'hashdiff'
                    )
                }} as versions
        ) as told
    ) as placed
    where place = 1
),

-- Gone: what every source that tells of presence says, while no other source tells of the key.
gone as (
    select producer_hk
    from (
        select
            producer_hk,
            {{ is_there() }} as is_present
        from {{ ref('status_producer__reference_unit') }}
        group by producer_hk, partition_value
    ) as told
    group by producer_hk
    having max(case when is_present then 1 else 0 end) = 0
),

hub as (
    select *
    from {{ ref('hub_producer') }}
    where producer_hk not in ({{ ghost_keys() }})
)

select
    hub.producer_hk,
    hub.producer_business_id,
    latest_identity.producer_name,
    latest_identity.extract_datetime as extract_datetime
from hub
left join latest_identity
    on hub.producer_hk = latest_identity.producer_hk
where not exists (select 1 from gone where gone.producer_hk = hub.producer_hk)
