-- One row per loan, borrower, lender, book that belong together now, with what is known of it.
{{ config(materialized='view') }}

with

latest_terms as (
    select *
    from (
        select
            told.*,
            row_number() over (
                partition by loan_lending_hk
                order by extract_datetime desc, load_datetime desc, record_source
            ) as place
        from (
            select
                loan_lending_hk,
                due,
                extract_datetime,
                load_datetime,
                record_source
            from
                {{
                    first_of_run(
                        ref('sat_loan_lending_terms__branch_loan'), 'loan_lending_hk', 'hashdiff'
                    )
                }} as versions
            union all
            select
                loan_lending_hk,
                due,
                extract_datetime,
                load_datetime,
                record_source
            from
                {{
                    first_of_run(
                        ref('sat_loan_lending_terms__desk_loan'), 'loan_lending_hk', 'hashdiff'
                    )
                }} as versions
            union all
            select
                loan_lending_hk,
                due,
                extract_datetime,
                load_datetime,
                record_source
            from
                {{
                    first_of_run(
                        ref('sat_loan_lending_terms__kiosk_loan'), 'loan_lending_hk', 'hashdiff'
                    )
                }} as versions
            union all
            select
                loan_lending_hk,
                due,
                extract_datetime,
                load_datetime,
                record_source
            from
                {{
                    first_of_run(
                        ref('sat_loan_lending_terms__till_loan'), 'loan_lending_hk', 'hashdiff'
                    )
                }} as versions
            union all
            select
                loan_lending_hk,
                due,
                extract_datetime,
                load_datetime,
                record_source
            from
                {{
                    first_of_run(
                        ref('sat_loan_lending_terms__web_loan'), 'loan_lending_hk', 'hashdiff'
                    )
                }} as versions
        ) as told
    ) as placed
    where place = 1
),

-- At one time one relation of each owner holds.
in_force as (
    select loan_lending_hk
    from (
        select
            told.*,
            row_number() over (
                partition by loan_hk
                order by extract_datetime desc, load_datetime desc, record_source
            ) as place
        from (
            select
                loan_hk,
                loan_lending_hk,
                extract_datetime,
                load_datetime,
                record_source
            from
                {{
                    first_of_run(
                        ref('effsat_loan_lending__branch_loan'), 'loan_hk', 'loan_lending_hk'
                    )
                }} as versions
            union all
            select
                loan_hk,
                loan_lending_hk,
                extract_datetime,
                load_datetime,
                record_source
            from
                {{
                    first_of_run(
                        ref('effsat_loan_lending__desk_loan'), 'loan_hk', 'loan_lending_hk'
                    )
                }} as versions
            union all
            select
                loan_hk,
                loan_lending_hk,
                extract_datetime,
                load_datetime,
                record_source
            from
                {{
                    first_of_run(
                        ref('effsat_loan_lending__kiosk_loan'), 'loan_hk', 'loan_lending_hk'
                    )
                }} as versions
            union all
            select
                loan_hk,
                loan_lending_hk,
                extract_datetime,
                load_datetime,
                record_source
            from
                {{
                    first_of_run(
                        ref('effsat_loan_lending__till_loan'), 'loan_hk', 'loan_lending_hk'
                    )
                }} as versions
            union all
            select
                loan_hk,
                loan_lending_hk,
                extract_datetime,
                load_datetime,
                record_source
            from
                {{
                    first_of_run(
                        ref('effsat_loan_lending__web_loan'), 'loan_hk', 'loan_lending_hk'
                    )
                }} as versions
        ) as told
    ) as placed
    where place = 1
),

-- A source that gives the whole no longer tells of its owner, and neither does another one.
gone as (
    select loan_hk
    from (
        select
            loan_hk,
            {{ is_there() }} as is_present
        from {{ ref('status_loan__branch_loan') }}
        group by loan_hk, partition_value
        union all
        select
            loan_hk,
            {{ is_there() }} as is_present
        from {{ ref('status_loan__desk_loan') }}
        group by loan_hk, partition_value
        union all
        select
            loan_hk,
            {{ is_there() }} as is_present
        from {{ ref('status_loan__kiosk_loan') }}
        group by loan_hk, partition_value
        union all
        select
            loan_hk,
            true as is_present
        from
            {{
                standing(
                    ref('sat_loan_state__till_loan'), 'loan_hk', 'hashdiff'
                )
            }} as stated
        union all
        select
            loan_hk,
            true as is_present
        from
            {{
                standing(
                    ref('sat_loan_state__web_loan'), 'loan_hk', 'hashdiff'
                )
            }} as stated
    ) as told
    group by loan_hk
    having max(case when is_present then 1 else 0 end) = 0
),

relation as (
    select *
    from {{ ref('lnk_loan_lending') }}
    where loan_lending_hk not in ({{ ghost_keys() }})
)

select
    relation.loan_lending_hk,
    relation.loan_hk,
    relation.borrower_hk,
    relation.lender_hk,
    relation.book_hk,
    latest_terms.due,
    relation.record_source
from relation
inner join in_force on relation.loan_lending_hk = in_force.loan_lending_hk
left join latest_terms
    on relation.loan_lending_hk = latest_terms.loan_lending_hk
where not exists (select 1 from gone where gone.loan_hk = relation.loan_hk)
