-- One row per contact and change of its timing, as patient.avohilmo told it. Insert only.
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
        contact_hk,
        contact_timing_hashdiff as hashdiff,
        yhteydenotto_ajankohta as contacted_at,
        asiakas_kotikunta as contact_municipality_code,
        record_id,
        delivery_number,
        extract_datetime
    from {{ ref('stg_patient__avohilmo') }}
    where contact_hk not in ({{ ghost_keys() }})
),

-- The same row twice is one assertion; two different rows for one key and time are a conflict and stay out.
asserted as (
    select
        contact_hk,
        extract_datetime,
        min(hashdiff) as hashdiff,
        min(record_id) as record_id
    from staged
    group by contact_hk, extract_datetime
    having min(hashdiff) = max(hashdiff)
),

sequenced as (
    select
        asserted.*,
        coalesce(
            lag(asserted.hashdiff) over (
                partition by asserted.contact_hk
                order by asserted.extract_datetime
            ),
            earlier.hashdiff
        ) as previous_version
    from asserted
    left join
        {{
            latest_before(
                'patient.avohilmo', 'contact_hk', 'hashdiff'
            )
        }} as earlier
        on asserted.contact_hk = earlier.contact_hk
)

select
    staged.contact_hk,
    staged.hashdiff,
    staged.contacted_at,
    staged.contact_municipality_code,
    pending.extract_datetime,
    pending.load_datetime,
    pending.record_source,
    pending.delivery_id
from staged
inner join {{ ref('pending_delivery') }} as pending on staged.delivery_number = pending.delivery_number
inner join sequenced on staged.record_id = sequenced.record_id
where
    sequenced.hashdiff is distinct from sequenced.previous_version
    {{ not_loaded('sequenced', ['contact_hk', 'extract_datetime']) }}
{% if not is_incremental() %}
union all
{{ ghost_rows(['contact_hk', 'hashdiff'], {'contacted_at': 'timestamp', 'contact_municipality_code': 'varchar'}) }}
{% endif %}
