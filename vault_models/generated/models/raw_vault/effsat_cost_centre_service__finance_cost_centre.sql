-- One row per cost_centre and change of its service, as finance.cost_centre told it. Insert only.
{{
    config(
        materialized='incremental',
        incremental_strategy='append',
        on_schema_change='append_new_columns',
        full_refresh=false
    )
}}

with

staged as (
    select
        cost_centre_hk,
        cost_centre_service_hk as cost_centre_service_hk,
        record_number,
        extract_datetime,
        load_datetime,
        record_source,
        delivery_id
    from {{ ref('stg_finance__cost_centre') }}
    where cost_centre_hk not in ({{ ghost_keys() }})
),

-- The same row twice is one assertion; two different rows for one key and time are a conflict and stay out.
asserted as (
    select
        staged.*,
        row_number() over (
            partition by cost_centre_hk, extract_datetime
            order by load_datetime, delivery_id, record_number
        ) as copy_number,
        min(cost_centre_service_hk) over (partition by cost_centre_hk, extract_datetime) as lowest,
        max(cost_centre_service_hk) over (partition by cost_centre_hk, extract_datetime) as highest
    from staged
),

sequenced as (
    select
        asserted.*,
        coalesce(
            lag(asserted.cost_centre_service_hk) over (
                partition by asserted.cost_centre_hk
                order by asserted.extract_datetime
            ),
            earlier.cost_centre_service_hk
        ) as previous_version
    from asserted
    left join {{ latest_before('stg_finance__cost_centre', 'cost_centre_hk', 'cost_centre_service_hk') }} as earlier
        on asserted.cost_centre_hk = earlier.cost_centre_hk
    where
        asserted.copy_number = 1
        and asserted.lowest = asserted.highest
)

select
    cost_centre_hk,
    cost_centre_service_hk,
    extract_datetime,
    load_datetime,
    record_source,
    delivery_id
from sequenced
where
    cost_centre_service_hk is distinct from previous_version
    {{ not_loaded('sequenced', ['cost_centre_hk', 'extract_datetime']) }}
{% if not is_incremental() %}
union all
{{ ghost_rows(['cost_centre_hk', 'cost_centre_service_hk'], {}) }}
{% endif %}
