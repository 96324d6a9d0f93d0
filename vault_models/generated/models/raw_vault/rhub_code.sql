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

named_anew as (
    select *
    from named
    {{ not_loaded('named', ['code_hk']) }}
),

-- Most keys are named by one record, which is the first.
first_named as (
    select named_anew.*
    from named_anew
    anti join {{ ref('repeated_code__reference_code') }} as repeated
        on named_anew.code_hk = repeated.code_hk
    union all
    select
        named_anew.code_hk,
        any_value(named_anew.code_set_oid) as code_set_oid,
        any_value(named_anew.code) as code,
        any_value(named_anew.code_valid_from) as code_valid_from,
        min(named_anew.delivery_number) as delivery_number
    from named_anew
    semi join {{ ref('repeated_code__reference_code') }} as repeated
        on named_anew.code_hk = repeated.code_hk
    group by named_anew.code_hk
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
