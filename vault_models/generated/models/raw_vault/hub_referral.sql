-- One row per referral that any delivery ever named. Insert only.
{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false) }}

with

named as (
    select
        referral_hk,
        lahete_id as referral_id,
        delivery_number
    from {{ ref('stg_patient__referral') }}
    where referral_hk not in ({{ ghost_keys() }})

    union all

    select
        referral_hk,
        lahete_id as referral_id,
        delivery_number
    from {{ ref('stg_patient__queue') }}
    where referral_hk not in ({{ ghost_keys() }})
),

first_named as (
    select
        referral_hk,
        any_value(referral_id) as referral_id,
        min(delivery_number) as delivery_number
    from named
    {{ not_loaded('named', ['referral_hk']) }}
    group by referral_hk
)

select
    first_named.referral_hk,
    first_named.referral_id,
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
        ['referral_hk'],
        {'referral_id': 'string'}
    )
}}
{% endif %}
