-- One row per matter that any delivery ever named. Insert only.
{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false) }}

with

named as (
    select
        matter_hk,
        asia_id as matter_id,
        extract_datetime,
        load_datetime,
        record_source,
        delivery_id
    from {{ ref('stg_social__matter') }}
    where matter_hk not in ({{ ghost_keys() }})

    union all

    select
        matter_hk,
        asia_id as matter_id,
        extract_datetime,
        load_datetime,
        record_source,
        delivery_id
    from {{ ref('stg_social__decision') }}
    where matter_hk not in ({{ ghost_keys() }})
),

first_named as (
    select
        matter_hk,
        min(matter_id) as matter_id,
        min(extract_datetime) as extract_datetime,
        min(load_datetime) as load_datetime,
        min_by(record_source, load_datetime) as record_source,
        min_by(delivery_id, load_datetime) as delivery_id
    from named
    {{ not_loaded('named', ['matter_hk'], first='where') }}
    group by matter_hk
)

select *
from first_named
{% if not is_incremental() %}
union all
{{ ghost_rows(['matter_hk'], {'matter_id': 'varchar'}) }}
{% endif %}
