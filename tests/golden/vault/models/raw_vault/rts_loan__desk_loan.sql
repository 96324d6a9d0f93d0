-- One row per loan and delivery of desk.loan that named it. Insert only.
{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false) }}

with

named as (
    select distinct
        loan_hk,
        delivery_number
    from {{ ref('stg_desk__loan') }}
    where loan_hk not in ({{ ghost_keys() }})
)

select
    named.loan_hk,
    pending.extract_datetime,
    pending.load_datetime,
    pending.record_source,
    pending.delivery_id
from named
inner join {{ ref('pending_delivery') }} as pending on named.delivery_number = pending.delivery_number
{% if is_incremental() %}
where
    not exists (
        select 1
        from {{ this }} as loaded
        where loaded.loan_hk = named.loan_hk and loaded.delivery_id = pending.delivery_id
    )
{% else %}
union all
{{ ghost_rows(['loan_hk'], {}) }}
{% endif %}
