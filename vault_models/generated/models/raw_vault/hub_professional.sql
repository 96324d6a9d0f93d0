-- One row per professional that any delivery ever named. Insert only.
{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false) }}

with

named as (
    select
        professional_hk,
        rekisterinumero as professional_id,
        extract_datetime,
        load_datetime,
        record_source,
        delivery_id
    from {{ ref('stg_hr__employment') }}
    where professional_hk not in ({{ ghost_keys() }})

    union all

    select
        professional_hk,
        kaynti_toteuttaja as professional_id,
        extract_datetime,
        load_datetime,
        record_source,
        delivery_id
    from {{ ref('stg_patient__avohilmo') }}
    where professional_hk not in ({{ ghost_keys() }})
),

first_named as (
    select
        professional_hk,
        min(professional_id) as professional_id,
        min(extract_datetime) as extract_datetime,
        min(load_datetime) as load_datetime,
        min_by(record_source, load_datetime) as record_source,
        min_by(delivery_id, load_datetime) as delivery_id
    from named
    {{ not_loaded('named', ['professional_hk'], first='where') }}
    group by professional_hk
)

select *
from first_named
{% if not is_incremental() %}
union all
{{ ghost_rows(['professional_hk'], {'professional_id': 'varchar'}) }}
{% endif %}
