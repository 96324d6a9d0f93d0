-- One row per code that any delivery ever named. Insert only.
{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false) }}

with

named as (
    select
        code_hk,
        oid as code_set_oid,
        code_id as code,
        beginning_date as code_valid_from,
        delivery_number
    from {{ ref('stg_reference__code') }}
    where code_hk not in ({{ ghost_keys() }})
),

first_named as (
    select
        code_hk,
        any_value(code_set_oid) as code_set_oid,
        any_value(code) as code,
        any_value(code_valid_from) as code_valid_from,
        min(delivery_number) as delivery_number
    from named
    {{ not_loaded('named', ['code_hk']) }}
    group by code_hk
)

select
    first_named.code_hk,
    first_named.code_set_oid,
    first_named.code,
    first_named.code_valid_from,
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
        ['code_hk'],
        {
            'code_set_oid': 'string',
            'code': 'string',
            'code_valid_from': 'date'
        }
    )
}}
{% endif %}
