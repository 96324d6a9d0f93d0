-- One row per queue_entry and change of its progress, as patient.queue told it. Insert only.
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
        queue_entry_hk,
        queue_entry_progress_hashdiff as hashdiff,
        jonopvm as queued_date,
        tupva as treatment_started_date,
        jonosta_poisto_pvm as queue_removed_date,
        jonosta_poisto_syy as queue_removal_reason_code,
        ea as queue_specialty_code,
        koku as queue_municipality_code,
        record_number,
        extract_datetime,
        load_datetime,
        record_source,
        delivery_id
    from {{ ref('stg_patient__queue') }}
    where queue_entry_hk not in ({{ ghost_keys() }})
),

-- The same row twice is one assertion; two different rows for one key and time are a conflict and stay out.
asserted as (
    select
        staged.*,
        row_number() over (
            partition by queue_entry_hk, extract_datetime
            order by load_datetime, delivery_id, record_number
        ) as copy_number,
        min(hashdiff) over (partition by queue_entry_hk, extract_datetime) as lowest,
        max(hashdiff) over (partition by queue_entry_hk, extract_datetime) as highest
    from staged
),

sequenced as (
    select
        asserted.*,
        coalesce(
            lag(asserted.hashdiff) over (
                partition by asserted.queue_entry_hk
                order by asserted.extract_datetime
            ),
            earlier.hashdiff
        ) as previous_version
    from asserted
    left join {{ latest_before('stg_patient__queue', 'queue_entry_hk', 'hashdiff') }} as earlier
        on asserted.queue_entry_hk = earlier.queue_entry_hk
    where
        asserted.copy_number = 1
        and asserted.lowest = asserted.highest
)

select
    queue_entry_hk,
    hashdiff,
    queued_date,
    treatment_started_date,
    queue_removed_date,
    queue_removal_reason_code,
    queue_specialty_code,
    queue_municipality_code,
    extract_datetime,
    load_datetime,
    record_source,
    delivery_id
from sequenced
where
    hashdiff is distinct from previous_version
    {{ not_loaded('sequenced', ['queue_entry_hk', 'extract_datetime']) }}
{% if not is_incremental() %}
union all
{{ ghost_rows(['queue_entry_hk', 'hashdiff'], {'queued_date': 'date', 'treatment_started_date': 'date', 'queue_removed_date': 'date', 'queue_removal_reason_code': 'varchar', 'queue_specialty_code': 'varchar', 'queue_municipality_code': 'varchar'}) }}
{% endif %}
