-- One row per code that is known now and not gone: its latest attributes and relations.
{{ config(materialized='view') }}

with

latest_naming as (
    select *
    from (
        select
            told.*,
            row_number() over (
                partition by code_hk
                order by extract_datetime desc, load_datetime desc, record_source
            ) as place
        from (
            select
                code_hk,
                code_valid_to,
                code_name_fi,
                code_name_sv,
                extract_datetime,
                load_datetime,
                record_source
            from
                {{
                    first_of_run(
                        ref('rsat_code_naming__reference_code'), 'code_hk', 'hashdiff'
                    )
                }} as versions
        ) as told
    ) as placed
    where place = 1
),

-- Gone: what every source that tells of presence says, while no other source tells of the key.
gone as (
    select code_hk
    from (
        select
            code_hk,
            {{ is_there() }} as is_present
        from {{ ref('status_code__reference_code') }}
        group by code_hk, partition_value
    ) as told
    group by code_hk
    having max(case when is_present then 1 else 0 end) = 0
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
    latest_naming.extract_datetime as extract_datetime
from hub
left join latest_naming
    on hub.code_hk = latest_naming.code_hk
where not exists (select 1 from gone where gone.code_hk = hub.code_hk)
