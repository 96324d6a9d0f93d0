-- One row per organiser that any delivery ever named. Insert only.
{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false) }}

with

named as (
    select
        organiser_hk,
        jarjestaja as organiser_code,
        extract_datetime,
        load_datetime,
        record_source,
        delivery_id
    from {{ ref('stg_reference__unit') }}
    where organiser_hk not in ({{ ghost_keys() }})
),

first_named as (
    select
        organiser_hk,
        min(organiser_code) as organiser_code,
        min(extract_datetime) as extract_datetime,
        min(load_datetime) as load_datetime,
        min_by(record_source, load_datetime) as record_source,
        min_by(delivery_id, load_datetime) as delivery_id
    from named
    {{ not_loaded('named', ['organiser_hk'], first='where') }}
    group by organiser_hk
)

select *
from first_named
{% if not is_incremental() %}
union all
{{ ghost_rows(['organiser_hk'], {'organiser_code': 'varchar'}) }}
{% endif %}
