-- One row per loan that any delivery ever named. Insert only.
{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false) }}

with

named as (
    select
        loan_hk,
        loan as loan_number,
        delivery_number
    from {{ ref('stg_branch__loan') }}
    where loan_hk not in ({{ ghost_keys() }})

    union all

    select
        loan_hk,
        loan as loan_number,
        delivery_number
    from {{ ref('stg_branch__item') }}
    where loan_hk not in ({{ ghost_keys() }})

    union all

    select
        loan_hk,
        loan as loan_number,
        delivery_number
    from {{ ref('stg_desk__loan') }}
    where loan_hk not in ({{ ghost_keys() }})

    union all

    select
        loan_hk,
        loan as loan_number,
        delivery_number
    from {{ ref('stg_desk__item') }}
    where loan_hk not in ({{ ghost_keys() }})

    union all

    select
        loan_hk,
        loan as loan_number,
        delivery_number
    from {{ ref('stg_kiosk__loan') }}
    where loan_hk not in ({{ ghost_keys() }})

    union all

    select
        loan_hk,
        loan as loan_number,
        delivery_number
    from {{ ref('stg_kiosk__item') }}
    where loan_hk not in ({{ ghost_keys() }})

    union all

    select
        loan_hk,
        loan as loan_number,
        delivery_number
    from {{ ref('stg_till__loan') }}
    where loan_hk not in ({{ ghost_keys() }})

    union all

    select
        loan_hk,
        loan as loan_number,
        delivery_number
    from {{ ref('stg_till__item') }}
    where loan_hk not in ({{ ghost_keys() }})

    union all

    select
        loan_hk,
        loan as loan_number,
        delivery_number
    from {{ ref('stg_web__loan') }}
    where loan_hk not in ({{ ghost_keys() }})

    union all

    select
        loan_hk,
        loan as loan_number,
        delivery_number
    from {{ ref('stg_web__item') }}
    where loan_hk not in ({{ ghost_keys() }})
),

first_named as (
    select
        loan_hk,
        any_value(loan_number) as loan_number,
        min(delivery_number) as delivery_number
    from named
    {{ not_loaded('named', ['loan_hk']) }}
    group by loan_hk
)

select
    first_named.loan_hk,
    first_named.loan_number,
    pending.extract_datetime,
    pending.load_datetime,
    pending.record_source,
    pending.delivery_id
from first_named
inner join {{ ref('pending_delivery') }} as pending on first_named.delivery_number = pending.delivery_number
{% if not is_incremental() %}
union all
{{
    ghost_rows(
        ['loan_hk'],
        {'loan_number': 'string'}
    )
}}
{% endif %}
