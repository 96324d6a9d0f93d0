-- One row per loan, article, line that belong together now, with what is known of it.
{{ config(materialized='view') }}

with

latest_pricing as (
    select *
    from (
        select
            told.*,
            row_number() over (
                partition by loan_item_hk
                order by extract_datetime desc, load_datetime desc, record_source
            ) as place
        from (
            select
                loan_item_hk,
                price,
                extract_datetime,
                load_datetime,
                record_source
            from
                {{
                    first_of_run(
                        ref('sat_loan_item_pricing__branch_item'), 'loan_item_hk', 'hashdiff'
                    )
                }} as versions
            union all
            select
                loan_item_hk,
                price,
                extract_datetime,
                load_datetime,
                record_source
            from
                {{
                    first_of_run(
                        ref('sat_loan_item_pricing__desk_item'), 'loan_item_hk', 'hashdiff'
                    )
                }} as versions
            union all
            select
                loan_item_hk,
                price,
                extract_datetime,
                load_datetime,
                record_source
            from
                {{
                    first_of_run(
                        ref('sat_loan_item_pricing__kiosk_item'), 'loan_item_hk', 'hashdiff'
                    )
                }} as versions
            union all
            select
                loan_item_hk,
                price,
                extract_datetime,
                load_datetime,
                record_source
            from
                {{
                    first_of_run(
                        ref('sat_loan_item_pricing__till_item'), 'loan_item_hk', 'hashdiff'
                    )
                }} as versions
            union all
            select
                loan_item_hk,
                price,
                extract_datetime,
                load_datetime,
                record_source
            from
                {{
                    first_of_run(
                        ref('sat_loan_item_pricing__web_item'), 'loan_item_hk', 'hashdiff'
                    )
                }} as versions
        ) as told
    ) as placed
    where place = 1
),

-- A source that gives the whole no longer tells of it, and neither does another one.
gone as (
    select loan_item_hk
    from (
        select
            loan_item_hk,
            {{ is_there() }} as is_present
        from {{ ref('status_loan_item__branch_item') }}
        group by loan_item_hk, partition_value
        union all
        select
            loan_item_hk,
            {{ is_there() }} as is_present
        from {{ ref('status_loan_item__desk_item') }}
        group by loan_item_hk, partition_value
        union all
        select
            loan_item_hk,
            {{ is_there() }} as is_present
        from {{ ref('status_loan_item__kiosk_item') }}
        group by loan_item_hk, partition_value
    ) as told
    group by loan_item_hk
    having max(case when is_present then 1 else 0 end) = 0
),

relation as (
    select *
    from {{ ref('lnk_loan_item') }}
    where loan_item_hk not in ({{ ghost_keys() }})
)

select
    relation.loan_item_hk,
    relation.loan_hk,
    relation.article_hk,
    relation.line,
    latest_pricing.price,
    relation.record_source
from relation
left join latest_pricing
    on relation.loan_item_hk = latest_pricing.loan_item_hk
where not exists (select 1 from gone where gone.loan_item_hk = relation.loan_item_hk)
