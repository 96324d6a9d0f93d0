-- One row per decision that any delivery ever named. Insert only.
{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false) }}

with

named as (
    select
        decision_hk,
        paatos_id as decision_id,
        extract_datetime,
        load_datetime,
        record_source,
        delivery_id
    from {{ ref('stg_social__decision') }}
    where decision_hk not in ({{ ghost_keys() }})
),

first_named as (
    select
        decision_hk,
        min(decision_id) as decision_id,
        min(extract_datetime) as extract_datetime,
        min(load_datetime) as load_datetime,
        min_by(record_source, load_datetime) as record_source,
        min_by(delivery_id, load_datetime) as delivery_id
    from named
    {{ not_loaded('named', ['decision_hk'], first='where') }}
    group by decision_hk
)

select *
from first_named
{% if not is_incremental() %}
union all
{{ ghost_rows(['decision_hk'], {'decision_id': 'varchar'}) }}
{% endif %}
