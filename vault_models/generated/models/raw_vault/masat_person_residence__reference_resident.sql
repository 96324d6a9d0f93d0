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
        record_number,
        extract_datetime,
        load_datetime,
        record_source,
        delivery_id
    from {{ ref('stg_reference__resident') }}
    where person_hk not in ({{ ghost_keys() }})
),

-- The same row twice is one; two different rows for one key, child key and time are a conflict and stay out.
asserted as (
    select
        staged.*,
        row_number() over (
            partition by person_hk, moved_in_date, extract_datetime
            order by load_datetime, delivery_id, record_number
        ) as copy_number,
        min(row_hashdiff) over (partition by person_hk, moved_in_date, extract_datetime) as lowest,
        max(row_hashdiff) over (partition by person_hk, moved_in_date, extract_datetime) as highest
    from staged
),

-- All rows of a key at one time are one version: a change in any of them writes the whole set anew.
versions as (
    select
        person_hk,
        extract_datetime,
        {{ hash_set('row_hashdiff') }} as hashdiff
    from asserted
    where copy_number = 1
    group by person_hk, extract_datetime
    having min(case when lowest = highest then 1 else 0 end) = 1
),

sequenced as (
    select
        versions.*,
        coalesce(
            lag(versions.hashdiff) over (partition by versions.person_hk order by versions.extract_datetime),
            earlier.hashdiff
        ) as previous_version
    from versions
    left join {{ latest_before('stg_reference__resident', 'person_hk', 'hashdiff') }} as earlier
        on versions.person_hk = earlier.person_hk
)

select
    active.person_hk,
    sequenced.hashdiff,
    active.municipality_code,
    active.moved_in_date,
    active.moved_out_date,
    active.extract_datetime,
    active.load_datetime,
    active.record_source,
    active.delivery_id
from asserted as active
inner join sequenced
    on
        active.person_hk = sequenced.person_hk
        and active.extract_datetime = sequenced.extract_datetime
where
    active.copy_number = 1
    and sequenced.hashdiff is distinct from sequenced.previous_version
    {{ not_loaded('active', ['person_hk', 'extract_datetime']) }}
{% if not is_incremental() %}
union all
{{ ghost_rows(['person_hk', 'hashdiff'], {'municipality_code': 'varchar', 'moved_in_date': 'date', 'moved_out_date': 'date'}) }}
{% endif %}
