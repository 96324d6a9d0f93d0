-- One row per person, moved_in_date and change of its residence, as reference.resident told it. Insert only.
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
        person_residence_hashdiff as row_hashdiff,
        kunta as municipality_code,
        asuu_alkaen as moved_in_date,
        asuu_asti as moved_out_date,
        record_id,
        delivery_number,
        extract_datetime
    from {{ ref('stg_reference__resident') }}
    where person_hk not in ({{ ghost_keys() }})
),

-- The same row twice is one; two different rows for one key, child key and time are a conflict.
active as (
    select
        person_hk,
        moved_in_date,
        extract_datetime,
        min(row_hashdiff) as row_hashdiff,
        min(row_hashdiff) = max(row_hashdiff) as is_agreed,
        min(record_id) as record_id
    from staged
    group by person_hk, moved_in_date, extract_datetime
),

-- All rows of a key at one time are one version: a change in any of them writes the whole set anew, and a conflict in
-- any of them keeps the whole set out.
versions as (
    select
        person_hk,
        extract_datetime,
        {{ hash_set('row_hashdiff') }} as hashdiff
    from active
    group by person_hk, extract_datetime
    having min(case when is_agreed then 1 else 0 end) = 1
),

sequenced as (
    select
        versions.*,
        coalesce(
            lag(versions.hashdiff) over (partition by versions.person_hk order by versions.extract_datetime),
            earlier.hashdiff
        ) as previous_version
    from versions
    left join
        {{
            latest_before(
                'reference.resident', 'person_hk', 'hashdiff'
            )
        }} as earlier
        on versions.person_hk = earlier.person_hk
)

select
    staged.person_hk,
    sequenced.hashdiff,
    staged.municipality_code,
    staged.moved_in_date,
    staged.moved_out_date,
    pending.extract_datetime,
    pending.load_datetime,
    pending.record_source,
    pending.delivery_id
from staged
inner join {{ ref('pending_delivery') }} as pending on staged.delivery_number = pending.delivery_number
inner join active on staged.record_id = active.record_id
inner join sequenced
    on
        active.person_hk = sequenced.person_hk
        and active.extract_datetime = sequenced.extract_datetime
where
    sequenced.hashdiff is distinct from sequenced.previous_version
    {{ not_loaded('sequenced', ['person_hk', 'extract_datetime']) }}
{% if not is_incremental() %}
union all
{{ ghost_rows(['person_hk', 'hashdiff'], {'municipality_code': 'varchar', 'moved_in_date': 'date', 'moved_out_date': 'date'}) }}
{% endif %}
