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

-- What each extract said of each key. A delivery that contradicts itself says nothing.
told as (
    select
        queue_entry_hk,
        extract_datetime,
        case
            when min(queue_entry_progress_hashdiff) = max(queue_entry_progress_hashdiff)
                then min(queue_entry_progress_hashdiff)
            else {{ withdrawn() }}
        end as version,
        min(record_id) as record_id
    from {{ ref('stg_patient__queue') }}
    where
        queue_entry_hk not in ({{ ghost_keys() }})
    group by queue_entry_hk, extract_datetime
    having
        min(queue_entry_progress_hashdiff) = max(queue_entry_progress_hashdiff)
        or min(delivery_number) < max(delivery_number)
),

sequenced as (
    select
        told.*,
        coalesce(lag(told.version) over by_time, latest.version) as previous_version,
        lag(told.record_id) over by_time as previous_record
    from told
    left join
        {{
            latest_before('patient.queue', 'queue_entry_hk', 'hashdiff', {
                'queued_date': 'queued_date:date',
                'treatment_started_date': 'treatment_started_date:date',
                'queue_removed_date': 'queue_removed_date:date',
                'queue_removal_reason_code': 'queue_removal_reason_code',
                'queue_specialty_code': 'queue_specialty_code',
                'queue_municipality_code': 'queue_municipality_code'
            })
        }} as latest
        on told.queue_entry_hk = latest.queue_entry_hk
    window by_time as (partition by told.queue_entry_hk order by told.extract_datetime)
),

-- Later deliveries of the same extract that contradict the first: it held until they were registered.
contradicted as (
    select
        queue_entry_hk,
        min(record_id) as record_id,
        min(case when version <> first_version then delivery_number end) as withdrawn_by
    from (
        select
            staged.queue_entry_hk,
            staged.extract_datetime,
            staged.record_id,
            staged.delivery_number,
            pending.load_datetime,
            staged.queue_entry_progress_hashdiff as version,
            first_value(staged.queue_entry_progress_hashdiff) over (
                partition by staged.queue_entry_hk, staged.extract_datetime
                order by staged.record_id
            ) as first_version
        from {{ ref('stg_patient__queue') }} as staged
        inner join {{ ref('pending_delivery') }} as pending on staged.delivery_number = pending.delivery_number
        inner join told
            on
                staged.queue_entry_hk = told.queue_entry_hk
                and staged.extract_datetime = told.extract_datetime
        where
            told.version = {{ withdrawn() }}
    ) as claims
    group by queue_entry_hk, extract_datetime
    having min(load_datetime) < min(case when version <> first_version then load_datetime end)
),

-- A repetition of the version before it is no news, unless that one was registered later.
news as (
    select
        queue_entry_hk,
        record_id
    from sequenced
    where
        version <> {{ withdrawn() }}
        and (version is distinct from previous_version or previous_record > record_id)
    union all
    select
        queue_entry_hk,
        record_id
    from contradicted
)

select
    news.queue_entry_hk,
    staged.queue_entry_progress_hashdiff as hashdiff,
    {{ hash_recipe() }} as hash_recipe,
    staged.jonopvm as queued_date,
    staged.tupva as treatment_started_date,
    staged.jonosta_poisto_pvm as queue_removed_date,
    staged.jonosta_poisto_syy as queue_removal_reason_code,
    staged.ea as queue_specialty_code,
    staged.koku as queue_municipality_code,
    pending.extract_datetime,
    pending.load_datetime,
    pending.record_source,
    pending.delivery_id
from news
inner join {{ ref('stg_patient__queue') }} as staged on news.record_id = staged.record_id
inner join {{ ref('pending_delivery') }} as pending on staged.delivery_number = pending.delivery_number
{{ not_stated('news', 'pending', 'queue_entry_hk', 'patient.queue') }}
union all
select
    contradicted.queue_entry_hk,
    {{ withdrawn() }} as hashdiff,
    {{ hash_recipe() }} as hash_recipe,
    cast(null as date) as queued_date,
    cast(null as date) as treatment_started_date,
    cast(null as date) as queue_removed_date,
    cast(null as string) as queue_removal_reason_code,
    cast(null as string) as queue_specialty_code,
    cast(null as string) as queue_municipality_code,
    pending.extract_datetime,
    pending.load_datetime,
    pending.record_source,
    pending.delivery_id
from contradicted
inner join {{ ref('pending_delivery') }} as pending on contradicted.withdrawn_by = pending.delivery_number
{{
    not_stated(
        'contradicted', 'pending', 'queue_entry_hk', 'patient.queue', withdrawal='hashdiff'
    )
}}
{% if not is_incremental() %}
union all
{{ ghost_rows(['queue_entry_hk', 'hashdiff'], {'queued_date': 'date', 'treatment_started_date': 'date', 'queue_removed_date': 'date', 'queue_removal_reason_code': 'string', 'queue_specialty_code': 'string', 'queue_municipality_code': 'string'}, recipe=true) }}
{% endif %}
