-- One row per cost_centre that is known now and not gone: its latest attributes and relations.
{{ config(materialized='view') }}

with

latest_details as (
    select *
    from (
        select
            told.*,
            row_number() over (
                partition by cost_centre_hk
                order by extract_datetime desc, load_datetime desc, record_source
            ) as place
        from (
            select
                cost_centre_hk,
                cost_centre_name,
                extract_datetime,
                load_datetime,
                record_source
            from
                {{
                    first_of_run(
                        ref('sat_cost_centre_details__finance_cost_centre'), 'cost_centre_hk', 'hashdiff'
                    )
                }} as versions
        ) as told
    ) as placed
    where place = 1
),

related_service as (
    select
        placed.cost_centre_hk,
        relation.service_hk,
        relation.service_unit_hk,
        placed.extract_datetime
    from (
        select
            told.*,
            row_number() over (
                partition by cost_centre_hk
                order by extract_datetime desc, load_datetime desc, record_source
            ) as place
        from (
            select
                cost_centre_hk,
                cost_centre_service_hk,
                extract_datetime,
                load_datetime,
                record_source
            from
                {{
                    first_of_run(
                        ref('effsat_cost_centre_service__finance_cost_centre'), 'cost_centre_hk', 'cost_centre_service_hk'
                    )
                }} as versions
        ) as told
    ) as placed
    inner join {{ ref('lnk_cost_centre_service') }} as relation
        on placed.cost_centre_service_hk = relation.cost_centre_service_hk
    where placed.place = 1
),

-- Gone: what every source that tells of presence says, while no other source tells of the key.
gone as (
    select cost_centre_hk
    from (
        select
            cost_centre_hk,
            {{ is_there() }} as is_present
        from {{ ref('status_cost_centre__finance_cost_centre') }}
        group by cost_centre_hk, partition_value
    ) as told
    group by cost_centre_hk
    having max(case when is_present then 1 else 0 end) = 0
),

hub as (
    select *
    from {{ ref('hub_cost_centre') }}
    where cost_centre_hk not in ({{ ghost_keys() }})
)

select
    hub.cost_centre_hk,
    hub.cost_centre_code,
    latest_details.cost_centre_name,
    related_service.service_hk,
    related_service.service_unit_hk,
    greatest(
        latest_details.extract_datetime,
        related_service.extract_datetime
    ) as extract_datetime
from hub
left join latest_details
    on hub.cost_centre_hk = latest_details.cost_centre_hk
left join related_service
    on hub.cost_centre_hk = related_service.cost_centre_hk
where not exists (select 1 from gone where gone.cost_centre_hk = hub.cost_centre_hk)
