-- One row per queue_entry that any delivery ever named. Insert only.
{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false) }}

with

named as (
    select
        queue_entry_hk,
        jono_id as queue_entry_id,
        extract_datetime,
        load_datetime,
        record_source,
        delivery_id
    from {{ ref('stg_patient__queue') }}
    where queue_entry_hk not in ({{ ghost_keys() }})
),

first_named as (
    select
        queue_entry_hk,
        min(queue_entry_id) as queue_entry_id,
        min(extract_datetime) as extract_datetime,
        min(load_datetime) as load_datetime,
        min_by(record_source, load_datetime) as record_source,
        min_by(delivery_id, load_datetime) as delivery_id
    from named
    {{ not_loaded('named', ['queue_entry_hk'], first='where') }}
    group by queue_entry_hk
)

select *
from first_named
{% if not is_incremental() %}
union all
{{ ghost_rows(['queue_entry_hk'], {'queue_entry_id': 'varchar'}) }}
{% endif %}
