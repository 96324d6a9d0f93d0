-- One row per service_unit that any delivery ever named. Insert only.
{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false) }}

with

named as (
    select
        service_unit_hk,
        yksikko as unit_oid,
        delivery_number
    from {{ ref('stg_finance__cost_centre') }}
    where service_unit_hk not in ({{ ghost_keys() }})

    union all

    select
        service_unit_hk,
        yksikko as unit_oid,
        delivery_number
    from {{ ref('stg_hr__employment') }}
    where service_unit_hk not in ({{ ghost_keys() }})

    union all

    select
        service_unit_hk,
        palveluntuottaja_yksikko as unit_oid,
        delivery_number
    from {{ ref('stg_patient__avohilmo') }}
    where service_unit_hk not in ({{ ghost_keys() }})

    union all

    select
        service_unit_hk,
        palveluntuottaja_yksikko as unit_oid,
        delivery_number
    from {{ ref('stg_patient__referral') }}
    where service_unit_hk not in ({{ ghost_keys() }})

    union all

    select
        service_unit_hk,
        palveluntuottaja_yksikko as unit_oid,
        delivery_number
    from {{ ref('stg_patient__queue') }}
    where service_unit_hk not in ({{ ghost_keys() }})

    union all

    select
        service_unit_hk,
        yksikko_oid as unit_oid,
        delivery_number
    from {{ ref('stg_reference__unit') }}
    where service_unit_hk not in ({{ ghost_keys() }})

    union all

    select
        service_unit_hk,
        palveluyksikko as unit_oid,
        delivery_number
    from {{ ref('stg_social__matter') }}
    where service_unit_hk not in ({{ ghost_keys() }})

    union all

    select
        service_unit_hk,
        toteuttaja_yksikko as unit_oid,
        delivery_number
    from {{ ref('stg_social__decision') }}
    where service_unit_hk not in ({{ ghost_keys() }})
),

first_named as (
    select
        service_unit_hk,
        any_value(unit_oid) as unit_oid,
        min(delivery_number) as delivery_number
    from named
    {{ not_loaded('named', ['service_unit_hk']) }}
    group by service_unit_hk
)

select
    first_named.service_unit_hk,
    first_named.unit_oid,
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
        ['service_unit_hk'],
        {'unit_oid': 'string'}
    )
}}
{% endif %}
