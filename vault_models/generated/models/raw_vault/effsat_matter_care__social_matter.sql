-- One row per matter and change of its care, as social.matter told it. Insert only.
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
        matter_hk,
        matter_care_hk as matter_care_hk,
        record_id,
        delivery_number,
        extract_datetime
    from {{ ref('stg_social__matter') }}
    where matter_hk not in ({{ ghost_keys() }})
),

-- The same row twice is one assertion; two different rows for one key and time are a conflict and stay out.
asserted as (
    select
        matter_hk,
        extract_datetime,
        min(matter_care_hk) as matter_care_hk,
        min(record_id) as record_id
    from staged
    group by matter_hk, extract_datetime
    having min(matter_care_hk) = max(matter_care_hk)
),

sequenced as (
    select
        asserted.*,
        coalesce(
            lag(asserted.matter_care_hk) over (
                partition by asserted.matter_hk
                order by asserted.extract_datetime
            ),
            earlier.matter_care_hk
        ) as previous_version
    from asserted
    left join
        {{
            latest_before(
                'social.matter', 'matter_hk', 'matter_care_hk'
            )
        }} as earlier
        on asserted.matter_hk = earlier.matter_hk
)

select
    staged.matter_hk,
    staged.matter_care_hk,
    pending.extract_datetime,
    pending.load_datetime,
    pending.record_source,
    pending.delivery_id
from staged
inner join {{ ref('pending_delivery') }} as pending on staged.delivery_number = pending.delivery_number
inner join sequenced on staged.record_id = sequenced.record_id
where
    sequenced.matter_care_hk is distinct from sequenced.previous_version
    {{ not_loaded('sequenced', ['matter_hk', 'extract_datetime']) }}
{% if not is_incremental() %}
union all
{{ ghost_rows(['matter_hk', 'matter_care_hk'], {}) }}
{% endif %}
