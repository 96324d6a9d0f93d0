-- One row per cost_centre that any delivery ever named. Insert only.
{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false) }}

with

named as (
    select
        cost_centre_hk,
        kustannuspaikka as cost_centre_code,
        extract_datetime,
        load_datetime,
        record_source,
        delivery_id
    from {{ ref('stg_finance__ledger') }}
    where cost_centre_hk not in ({{ ghost_keys() }})

    union all

    select
        cost_centre_hk,
        kustannuspaikka as cost_centre_code,
        extract_datetime,
        load_datetime,
        record_source,
        delivery_id
    from {{ ref('stg_finance__cost_centre') }}
    where cost_centre_hk not in ({{ ghost_keys() }})

    union all

    select
        cost_centre_hk,
        kustannuspaikka as cost_centre_code,
        extract_datetime,
        load_datetime,
        record_source,
        delivery_id
    from {{ ref('stg_hr__employment') }}
    where cost_centre_hk not in ({{ ghost_keys() }})
),

first_named as (
    select
        cost_centre_hk,
        min(cost_centre_code) as cost_centre_code,
        min(extract_datetime) as extract_datetime,
        min(load_datetime) as load_datetime,
        min_by(record_source, load_datetime) as record_source,
        min_by(delivery_id, load_datetime) as delivery_id
    from named
    {{ not_loaded('named', ['cost_centre_hk'], first='where') }}
    group by cost_centre_hk
)

select *
from first_named
{% if not is_incremental() %}
union all
{{ ghost_rows(['cost_centre_hk'], {'cost_centre_code': 'varchar'}) }}
{% endif %}
