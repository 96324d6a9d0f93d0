-- One row per person that any delivery ever named. Insert only.
{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false) }}

with

named as (
    select
        person_hk,
        tnro as person_id,
        extract_datetime,
        load_datetime,
        record_source,
        delivery_id
    from {{ ref('stg_patient__avohilmo') }}
    where person_hk not in ({{ ghost_keys() }})

    union all

    select
        person_hk,
        tnro as person_id,
        extract_datetime,
        load_datetime,
        record_source,
        delivery_id
    from {{ ref('stg_patient__referral') }}
    where person_hk not in ({{ ghost_keys() }})

    union all

    select
        person_hk,
        tnro as person_id,
        extract_datetime,
        load_datetime,
        record_source,
        delivery_id
    from {{ ref('stg_patient__queue') }}
    where person_hk not in ({{ ghost_keys() }})

    union all

    select
        person_hk,
        hetu as person_id,
        extract_datetime,
        load_datetime,
        record_source,
        delivery_id
    from {{ ref('stg_reference__resident') }}
    where person_hk not in ({{ ghost_keys() }})

    union all

    select
        person_hk,
        tnro as person_id,
        extract_datetime,
        load_datetime,
        record_source,
        delivery_id
    from {{ ref('stg_social__matter') }}
    where person_hk not in ({{ ghost_keys() }})

    union all

    select
        person_hk,
        tnro as person_id,
        extract_datetime,
        load_datetime,
        record_source,
        delivery_id
    from {{ ref('stg_social__decision') }}
    where person_hk not in ({{ ghost_keys() }})
),

first_named as (
    select
        person_hk,
        min(person_id) as person_id,
        min(extract_datetime) as extract_datetime,
        min(load_datetime) as load_datetime,
        min_by(record_source, load_datetime) as record_source,
        min_by(delivery_id, load_datetime) as delivery_id
    from named
    {{ not_loaded('named', ['person_hk'], first='where') }}
    group by person_hk
)

select *
from first_named
{% if not is_incremental() %}
union all
{{ ghost_rows(['person_hk'], {'person_id': 'varchar'}) }}
{% endif %}
