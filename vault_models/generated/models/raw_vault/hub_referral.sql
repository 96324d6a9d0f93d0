-- One row per referral that any delivery ever named. Insert only.
{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false) }}

with

named as (
    select
        referral_hk,
        lahete_id as referral_id,
        extract_datetime,
        load_datetime,
        record_source,
        delivery_id
    from {{ ref('stg_patient__referral') }}
    where referral_hk not in ({{ ghost_keys() }})

    union all

    select
        referral_hk,
        lahete_id as referral_id,
        extract_datetime,
        load_datetime,
        record_source,
        delivery_id
    from {{ ref('stg_patient__queue') }}
    where referral_hk not in ({{ ghost_keys() }})
),

first_named as (
    select
        referral_hk,
        min(referral_id) as referral_id,
        min(extract_datetime) as extract_datetime,
        min(load_datetime) as load_datetime,
        min_by(record_source, load_datetime) as record_source,
        min_by(delivery_id, load_datetime) as delivery_id
    from named
    {{ not_loaded('named', ['referral_hk'], first='where') }}
    group by referral_hk
)

select *
from first_named
{% if not is_incremental() %}
union all
{{ ghost_rows(['referral_hk'], {'referral_id': 'varchar'}) }}
{% endif %}
