-- One row per professional that any delivery ever named. Insert only.
{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false) }}

with

named as (
    select
        professional_hk,
        rekisterinumero as professional_id,
        delivery_number
    from {{ ref('stg_hr__employment') }}
    where professional_hk not in ({{ ghost_keys() }})

    union all

    select
        professional_hk,
        kaynti_toteuttaja as professional_id,
        delivery_number
    from {{ ref('stg_patient__avohilmo') }}
    where professional_hk not in ({{ ghost_keys() }})
),

first_named as (
    select
        professional_hk,
        any_value(professional_id) as professional_id,
        min(delivery_number) as delivery_number
    from named
    {{ not_loaded('named', ['professional_hk']) }}
    group by professional_hk
)

select
    first_named.professional_hk,
    first_named.professional_id,
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
        ['professional_hk'],
        {'professional_id': 'string'}
    )
}}
{% endif %}
