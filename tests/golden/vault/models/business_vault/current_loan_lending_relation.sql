-- One row per loan, borrower, lender, book that belong together now, with what is known of it.
{{ config(materialized='view') }}

with

latest_terms as (
    select *
    from
        {{
            latest_told(
                [
                    (while_in_force(
                        ref('sat_loan_lending_terms__branch_loan'),
                        ref('effsat_loan_lending__branch_loan'),
                        ref('status_loan__branch_loan'),
                        'loan_hk', 'loan_lending_hk'
                    ), none),
                    (while_in_force(
                        ref('sat_loan_lending_terms__desk_loan'),
                        ref('effsat_loan_lending__desk_loan'),
                        ref('status_loan__desk_loan'),
                        'loan_hk', 'loan_lending_hk'
                    ), none),
                    (while_in_force(
                        ref('sat_loan_lending_terms__kiosk_loan'),
                        ref('effsat_loan_lending__kiosk_loan'),
                        ref('status_loan__kiosk_loan'),
                        'loan_hk', 'loan_lending_hk'
                    ), none),
                    (while_in_force(
                        ref('sat_loan_lending_terms__till_loan'),
                        ref('effsat_loan_lending__till_loan'),
                        none,
                        'loan_hk', 'loan_lending_hk'
                    ), none),
                    (while_in_force(
                        ref('sat_loan_lending_terms__web_loan'),
                        ref('effsat_loan_lending__web_loan'),
                        none,
                        'loan_hk', 'loan_lending_hk'
                    ), none)
                ],
                'loan_lending_hk', 'hashdiff',
                ['due']
            )
        }} as latest
),

-- At one time one relation of each owner holds.
in_force as (
    select *
    from
        {{
            latest_told(
                [
                    (ref('effsat_loan_lending__branch_loan'), ref('status_loan__branch_loan')),
                    (ref('effsat_loan_lending__desk_loan'), ref('status_loan__desk_loan')),
                    (ref('effsat_loan_lending__kiosk_loan'), ref('status_loan__kiosk_loan')),
                    (ref('effsat_loan_lending__till_loan'), none),
                    (ref('effsat_loan_lending__web_loan'), none)
                ],
                'loan_hk', 'loan_lending_hk', ['loan_lending_hk']
            )
        }} as latest
),

-- A source that gives the whole no longer tells of its owner, and neither does another one.
gone as (
    select *
    from
        {{
            gone(
                'loan_hk',
                statuses=[
                    ref('status_loan__branch_loan'),
                    ref('status_loan__desk_loan'),
                    ref('status_loan__kiosk_loan')
                ],
                versions=[
                    ref('sat_loan_state__till_loan'),
                    ref('sat_loan_state__web_loan')
                ],
                relations=[
                    ref('effsat_loan_lending__till_loan'),
                    ref('effsat_loan_lending__web_loan')
                ]
            )
        }} as word
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
anti join gone on relation.loan_hk = gone.loan_hk
