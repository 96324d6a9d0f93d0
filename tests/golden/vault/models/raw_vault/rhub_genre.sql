-- One row per genre that any delivery ever named. Insert only.
{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false) }}

with

named as (
    select
        genre_hk,
        code as genre_code,
        delivery_number
    from {{ ref('stg_branch__genre') }}
    where genre_hk not in ({{ ghost_keys() }})

    union all

    select
        genre_hk,
        code as genre_code,
        delivery_number
    from {{ ref('stg_desk__genre') }}
    where genre_hk not in ({{ ghost_keys() }})

    union all

    select
        genre_hk,
        code as genre_code,
        delivery_number
    from {{ ref('stg_kiosk__genre') }}
    where genre_hk not in ({{ ghost_keys() }})

    union all

    select
        genre_hk,
        code as genre_code,
        delivery_number
    from {{ ref('stg_till__genre') }}
    where genre_hk not in ({{ ghost_keys() }})

    union all

    select
        genre_hk,
        code as genre_code,
        delivery_number
    from {{ ref('stg_web__genre') }}
    where genre_hk not in ({{ ghost_keys() }})
),

first_named as (
    select
        genre_hk,
        any_value(genre_code) as genre_code,
        min(delivery_number) as delivery_number
    from named
    {{ not_loaded('named', ['genre_hk']) }}
    group by genre_hk
)

select
    first_named.genre_hk,
    first_named.genre_code,
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
        ['genre_hk'],
        {'genre_code': 'string'}
    )
}}
{% endif %}
