-- One row per producer that any delivery ever named. Insert only.
{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false) }}

with

named as (
    select
        producer_hk,
        tuottaja_ytunnus as producer_business_id,
        extract_datetime,
        load_datetime,
        record_source,
        delivery_id
    from {{ ref('stg_reference__unit') }}
    where producer_hk not in ({{ ghost_keys() }})
),

first_named as (
    select
        producer_hk,
        min(producer_business_id) as producer_business_id,
        min(extract_datetime) as extract_datetime,
        min(load_datetime) as load_datetime,
        min_by(record_source, load_datetime) as record_source,
        min_by(delivery_id, load_datetime) as delivery_id
    from named
    {{ not_loaded('named', ['producer_hk'], first='where') }}
    group by producer_hk
)

select *
from first_named
{% if not is_incremental() %}
union all
{{ ghost_rows(['producer_hk'], {'producer_business_id': 'varchar'}) }}
{% endif %}
