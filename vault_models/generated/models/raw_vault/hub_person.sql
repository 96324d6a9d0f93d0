-- One row per person that any delivery ever named. Insert only.
{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false) }}

with

named as (
    select
        person_hk,
        tnro as person_id,
        delivery_number
    from {{ ref('stg_patient__avohilmo') }}
    where person_hk not in ({{ ghost_keys() }})

    union all

    select
        person_hk,
        tnro as person_id,
        delivery_number
    from {{ ref('stg_patient__referral') }}
    where person_hk not in ({{ ghost_keys() }})

    union all

    select
        person_hk,
        tnro as person_id,
        delivery_number
    from {{ ref('stg_patient__queue') }}
    where person_hk not in ({{ ghost_keys() }})

    union all

    select
        person_hk,
        hetu as person_id,
        delivery_number
    from {{ ref('stg_reference__resident') }}
    where person_hk not in ({{ ghost_keys() }})

    union all

    select
        person_hk,
        tnro as person_id,
        delivery_number
    from {{ ref('stg_social__matter') }}
    where person_hk not in ({{ ghost_keys() }})

    union all

    select
        person_hk,
        tnro as person_id,
        delivery_number
    from {{ ref('stg_social__decision') }}
    where person_hk not in ({{ ghost_keys() }})
),

first_named as (
    select
        person_hk,
        any_value(person_id) as person_id,
        min(delivery_number) as delivery_number
    from named
    {{ not_loaded('named', ['person_hk']) }}
    group by person_hk
)

select
    first_named.person_hk,
    first_named.person_id,
    pending.extract_datetime,
    pending.load_datetime,
    pending.record_source,
    pending.delivery_id
from first_named
inner join {{ ref('pending_delivery') }} as pending on first_named.delivery_number = pending.delivery_number
{% if not is_incremental() %}
union all
{{
    ghost_rows(
        ['person_hk'],
        {'person_id': 'string'}
    )
}}
{% endif %}
