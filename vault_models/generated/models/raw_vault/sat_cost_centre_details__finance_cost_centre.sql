-- One row per cost_centre and change of its details, as finance.cost_centre told it. Insert only.
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
        cost_centre_details_hashdiff as hashdiff,
        nimi as cost_centre_name,
        record_id,
        delivery_number,
        extract_datetime
    from {{ ref('stg_finance__cost_centre') }}
    where cost_centre_hk not in ({{ ghost_keys() }})
),

-- The same row twice is one assertion; two different rows for one key and time are a conflict and stay out.
asserted as (
    select
        cost_centre_hk,
        extract_datetime,
        min(hashdiff) as hashdiff,
        min(record_id) as record_id
    from staged
    group by cost_centre_hk, extract_datetime
    having min(hashdiff) = max(hashdiff)
),

sequenced as (
    select
        asserted.*,
        coalesce(
            lag(asserted.hashdiff) over (
                partition by asserted.cost_centre_hk
                order by asserted.extract_datetime
            ),
            earlier.hashdiff
        ) as previous_version
    from asserted
    left join
        {{
            latest_before(
                'finance.cost_centre', 'cost_centre_hk', 'hashdiff'
            )
        }} as earlier
        on asserted.cost_centre_hk = earlier.cost_centre_hk
)

select
    staged.cost_centre_hk,
    staged.hashdiff,
    staged.cost_centre_name,
    pending.extract_datetime,
    pending.load_datetime,
    pending.record_source,
    pending.delivery_id
from staged
inner join {{ ref('pending_delivery') }} as pending on staged.delivery_number = pending.delivery_number
inner join sequenced on staged.record_id = sequenced.record_id
where
    sequenced.hashdiff is distinct from sequenced.previous_version
    {{ not_loaded('sequenced', ['cost_centre_hk', 'extract_datetime']) }}
{% if not is_incremental() %}
union all
{{ ghost_rows(['cost_centre_hk', 'hashdiff'], {'cost_centre_name': 'varchar'}) }}
{% endif %}
