-- One row per contact that any delivery ever named. Insert only.
{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false) }}

with

named as (
    select
        contact_hk,
        avohilmo_id as contact_id,
        delivery_number
    from {{ ref('stg_patient__avohilmo') }}
    where contact_hk not in ({{ ghost_keys() }})
),

named_anew as (
    select *
    from named
    {{ not_loaded('named', ['contact_hk']) }}
),

-- Most keys are named by one record, which is the first.
first_named as (
    select named_anew.*
    from named_anew
    anti join {{ ref('repeated_contact__patient_avohilmo') }} as repeated
        on named_anew.contact_hk = repeated.contact_hk
    union all
    select
        named_anew.contact_hk,
        any_value(named_anew.contact_id) as contact_id,
        min(named_anew.delivery_number) as delivery_number
    from named_anew
    semi join {{ ref('repeated_contact__patient_avohilmo') }} as repeated
        on named_anew.contact_hk = repeated.contact_hk
    group by named_anew.contact_hk
)

select
    first_named.contact_hk,
    first_named.contact_id,
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
        ['contact_hk'],
        {'contact_id': 'string'}
    )
}}
{% endif %}
