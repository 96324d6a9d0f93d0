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
        record_id,
        delivery_number,
        extract_datetime
    from {{ ref('stg_patient__queue') }}
    where queue_entry_hk not in ({{ ghost_keys() }})
),

-- The same row twice is one assertion; two different rows for one key and time are a conflict and stay out.
asserted as (
    select
        queue_entry_hk,
        extract_datetime,
        min(hashdiff) as hashdiff,
        min(record_id) as record_id
    from staged
    group by queue_entry_hk, extract_datetime
    having min(hashdiff) = max(hashdiff)
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
    left join
        {{
            latest_before(
                'patient.queue', 'queue_entry_hk', 'hashdiff'
            )
        }} as earlier
        on asserted.queue_entry_hk = earlier.queue_entry_hk
)

select
    staged.queue_entry_hk,
    staged.hashdiff,
    staged.queued_date,
    staged.treatment_started_date,
    staged.queue_removed_date,
    staged.queue_removal_reason_code,
    staged.queue_specialty_code,
    staged.queue_municipality_code,
    pending.extract_datetime,
    pending.load_datetime,
    pending.record_source,
    pending.delivery_id
from staged
inner join {{ ref('pending_delivery') }} as pending on staged.delivery_number = pending.delivery_number
inner join sequenced on staged.record_id = sequenced.record_id
where
    sequenced.hashdiff is distinct from sequenced.previous_version
    {{ not_loaded('sequenced', ['queue_entry_hk', 'extract_datetime']) }}
{% if not is_incremental() %}
union all
{{ ghost_rows(['queue_entry_hk', 'hashdiff'], {'queued_date': 'date', 'treatment_started_date': 'date', 'queue_removed_date': 'date', 'queue_removal_reason_code': 'varchar', 'queue_specialty_code': 'varchar', 'queue_municipality_code': 'varchar'}) }}
{% endif %}
