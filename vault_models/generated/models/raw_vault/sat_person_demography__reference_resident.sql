-- One row per person and change of its demography, as reference.resident told it. Insert only.
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
        person_hk,
        person_demography_hashdiff as hashdiff,
        sukupuoli as sex_code,
        syntymapvm as birth_date,
        kuolinpvm as death_date,
        aidinkieli as language_code,
        record_id,
        delivery_number,
        extract_datetime
    from {{ ref('stg_reference__resident') }}
    where person_hk not in ({{ ghost_keys() }})
),

-- The same row twice is one assertion; two different rows for one key and time are a conflict and stay out.
asserted as (
    select
        person_hk,
        extract_datetime,
        min(hashdiff) as hashdiff,
        min(record_id) as record_id
    from staged
    group by person_hk, extract_datetime
    having min(hashdiff) = max(hashdiff)
),

sequenced as (
    select
        asserted.*,
        coalesce(
            lag(asserted.hashdiff) over (
                partition by asserted.person_hk
                order by asserted.extract_datetime
            ),
            earlier.hashdiff
        ) as previous_version
    from asserted
    left join
        {{
            latest_before(
                'reference.resident', 'person_hk', 'hashdiff'
            )
        }} as earlier
        on asserted.person_hk = earlier.person_hk
)

select
    staged.person_hk,
    staged.hashdiff,
    staged.sex_code,
    staged.birth_date,
    staged.death_date,
    staged.language_code,
    pending.extract_datetime,
    pending.load_datetime,
    pending.record_source,
    pending.delivery_id
from staged
inner join {{ ref('pending_delivery') }} as pending on staged.delivery_number = pending.delivery_number
inner join sequenced on staged.record_id = sequenced.record_id
where
    sequenced.hashdiff is distinct from sequenced.previous_version
    {{ not_loaded('sequenced', ['person_hk', 'extract_datetime']) }}
{% if not is_incremental() %}
union all
{{ ghost_rows(['person_hk', 'hashdiff'], {'sex_code': 'varchar', 'birth_date': 'date', 'death_date': 'date', 'language_code': 'varchar'}) }}
{% endif %}
