-- One row per service, account group, counterparty, production mode and month: euros that add up to the ledger.
with

entry as (
    select * from {{ ref('current_ledger_entry') }}
),

account as (
    select * from {{ ref('current_account') }}
),

cost_centre as (
    select * from {{ ref('current_cost_centre') }}
),

service as (
    select * from {{ ref('current_service') }}
),

account_group as (
    select * from {{ ref('ref_account_group') }}
),

classed as (
    select
        coalesce(service.service_code, 'unknown') as service_code,
        coalesce(account.account_group_code, 'unknown') as account_group_code,
        coalesce(account_group.kind, 'unknown') as account_kind,
        coalesce(entry.counterparty_sector_code, 'unknown') as counterparty_sector_code,
        -- Bought from others, paid by voucher, else made by the county itself.
        case
            when account_group.is_customer_purchase and account_group.code <> 'GRV' then 'PUR'
            when account_group.code = 'GRV' then 'VOU'
            else 'OWN'
        end as production_mode_code,
        entry.posting_date,
        entry.amount
    from entry
    left join account
        on entry.account_hk = account.account_hk
    left join account_group
        on account.account_group_code = account_group.code
    left join cost_centre
        on entry.cost_centre_hk = cost_centre.cost_centre_hk
    left join service
        on cost_centre.service_hk = service.service_hk
    where entry.ledger_entry_hk not in ({{ ghost_keys() }})
)

select
    service_code,
    account_group_code,
    account_kind,
    counterparty_sector_code,
    production_mode_code,
    {{ month_of('posting_date') }} as month,
    {{ year_of('posting_date') }} as year,
    cast(sum(amount) as decimal(18, 2)) as amount
from classed
group by
    service_code,
    account_group_code,
    account_kind,
    counterparty_sector_code,
    production_mode_code,
    {{ month_of('posting_date') }},
    {{ year_of('posting_date') }}
