-- One row per code that any delivery ever named. Insert only.
{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false) }}

with

-- Of each key its only record, or the first of those that repeat it.
named as (
    select
        staged.code_hk,
        staged.oid as code_set_oid,
        staged.code_id as code,
        staged.beginning_date as code_valid_from,
        staged.delivery_number
    from {{ ref('stg_reference__code') }} as staged
    left join {{ ref('repeated_code__reference_code') }} as repeated
        on staged.code_hk = repeated.code_hk
    where
        staged.code_hk not in ({{ ghost_keys() }})
        and staged.record_id = coalesce(repeated.first_record, staged.record_id)
),

first_named as (
    select named.*
    from named
    {{ not_loaded('named', ['code_hk']) }}
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
