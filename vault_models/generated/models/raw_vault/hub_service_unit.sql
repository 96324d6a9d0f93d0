-- One row per service_unit that any delivery ever named. Insert only.
{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false) }}

with

named as (
    select
        service_unit_hk,
        yksikko as unit_oid,
        extract_datetime,
        load_datetime,
        record_source,
        delivery_id
    from {{ ref('stg_finance__cost_centre') }}
    where service_unit_hk not in ({{ ghost_keys() }})

    union all

    select
        service_unit_hk,
        yksikko as unit_oid,
        extract_datetime,
        load_datetime,
        record_source,
        delivery_id
    from {{ ref('stg_hr__employment') }}
    where service_unit_hk not in ({{ ghost_keys() }})

    union all

    select
        service_unit_hk,
        palveluntuottaja_yksikko as unit_oid,
        extract_datetime,
        load_datetime,
        record_source,
        delivery_id
    from {{ ref('stg_patient__avohilmo') }}
    where service_unit_hk not in ({{ ghost_keys() }})

    union all

    select
        service_unit_hk,
        palveluntuottaja_yksikko as unit_oid,
        extract_datetime,
        load_datetime,
        record_source,
        delivery_id
    from {{ ref('stg_patient__referral') }}
    where service_unit_hk not in ({{ ghost_keys() }})

    union all

    select
        service_unit_hk,
        palveluntuottaja_yksikko as unit_oid,
        extract_datetime,
        load_datetime,
        record_source,
        delivery_id
    from {{ ref('stg_patient__queue') }}
    where service_unit_hk not in ({{ ghost_keys() }})

    union all

    select
        service_unit_hk,
        yksikko_oid as unit_oid,
        extract_datetime,
        load_datetime,
        record_source,
        delivery_id
    from {{ ref('stg_reference__unit') }}
    where service_unit_hk not in ({{ ghost_keys() }})

    union all

    select
        service_unit_hk,
        palveluyksikko as unit_oid,
        extract_datetime,
        load_datetime,
        record_source,
        delivery_id
    from {{ ref('stg_social__matter') }}
    where service_unit_hk not in ({{ ghost_keys() }})

    union all

    select
        service_unit_hk,
        toteuttaja_yksikko as unit_oid,
        extract_datetime,
        load_datetime,
        record_source,
        delivery_id
    from {{ ref('stg_social__decision') }}
    where service_unit_hk not in ({{ ghost_keys() }})
),

first_named as (
    select
        service_unit_hk,
        min(unit_oid) as unit_oid,
        min(extract_datetime) as extract_datetime,
        min(load_datetime) as load_datetime,
        min_by(record_source, load_datetime) as record_source,
        min_by(delivery_id, load_datetime) as delivery_id
    from named
    {{ not_loaded('named', ['service_unit_hk'], first='where') }}
    group by service_unit_hk
)

select *
from first_named
{% if not is_incremental() %}
union all
{{ ghost_rows(['service_unit_hk'], {'unit_oid': 'varchar'}) }}
{% endif %}
