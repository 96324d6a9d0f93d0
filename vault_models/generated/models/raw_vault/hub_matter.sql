-- One row per matter that any delivery ever named. Insert only.
{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false) }}

with

named as (
    select
        matter_hk,
        asia_id as matter_id,
        delivery_number
    from {{ ref('stg_social__matter') }}
    where matter_hk not in ({{ ghost_keys() }})

    union all

    select
        matter_hk,
        asia_id as matter_id,
        delivery_number
    from {{ ref('stg_social__decision') }}
    where matter_hk not in ({{ ghost_keys() }})
),

first_named as (
    select
        matter_hk,
        any_value(matter_id) as matter_id,
        min(delivery_number) as delivery_number
    from named
    {{ not_loaded('named', ['matter_hk']) }}
    group by matter_hk
)

select
    first_named.matter_hk,
    first_named.matter_id,
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
        ['matter_hk'],
        {'matter_id': 'string'}
    )
}}
{% endif %}
