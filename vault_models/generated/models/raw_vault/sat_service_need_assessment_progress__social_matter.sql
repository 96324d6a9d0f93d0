-- One row per service_need_assessment and change of its progress, as social.matter told it. Insert only.
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
        service_need_assessment_hk,
        extract_datetime,
        case
            when min(service_need_assessment_progress_hashdiff) = max(service_need_assessment_progress_hashdiff)
                then min(service_need_assessment_progress_hashdiff)
            else {{ withdrawn() }}
        end as version,
        min(record_id) as record_id
    from {{ ref('stg_social__matter') }}
    where
        service_need_assessment_hk not in ({{ ghost_keys() }})
    group by service_need_assessment_hk, extract_datetime
    having
        min(service_need_assessment_progress_hashdiff) = max(service_need_assessment_progress_hashdiff)
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
            latest_before('social.matter', 'service_need_assessment_hk', 'hashdiff', {
                'assessment_started_date': 'assessment_started_date:date',
                'assessment_ready_date': 'assessment_ready_date:date'
            })
        }} as latest
        on told.service_need_assessment_hk = latest.service_need_assessment_hk
    window by_time as (partition by told.service_need_assessment_hk order by told.extract_datetime)
),

-- Later deliveries of the same extract that contradict the first: it held until they were registered.
contradicted as (
    select
        service_need_assessment_hk,
        min(record_id) as record_id,
        min(case when version <> first_version then delivery_number end) as withdrawn_by
    from (
        select
            staged.service_need_assessment_hk,
            staged.extract_datetime,
            staged.record_id,
            staged.delivery_number,
            pending.load_datetime,
            staged.service_need_assessment_progress_hashdiff as version,
            first_value(staged.service_need_assessment_progress_hashdiff) over (
                partition by staged.service_need_assessment_hk, staged.extract_datetime
                order by staged.record_id
            ) as first_version
        from {{ ref('stg_social__matter') }} as staged
        inner join {{ ref('pending_delivery') }} as pending on staged.delivery_number = pending.delivery_number
        inner join told
            on
                staged.service_need_assessment_hk = told.service_need_assessment_hk
                and staged.extract_datetime = told.extract_datetime
        where
            told.version = {{ withdrawn() }}
    ) as claims
    group by service_need_assessment_hk, extract_datetime
    having min(load_datetime) < min(case when version <> first_version then load_datetime end)
),

-- A repetition of the version before it is no news, unless that one was registered later.
news as (
    select
        service_need_assessment_hk,
        record_id
    from sequenced
    where
        version <> {{ withdrawn() }}
        and (version is distinct from previous_version or previous_record > record_id)
    union all
    select
        service_need_assessment_hk,
        record_id
    from contradicted
)

select
    news.service_need_assessment_hk,
    staged.service_need_assessment_progress_hashdiff as hashdiff,
    {{ hash_recipe() }} as hash_recipe,
    staged.pta_alkoi_pvm as assessment_started_date,
    staged.pta_valmis_pvm as assessment_ready_date,
    pending.extract_datetime,
    pending.load_datetime,
    pending.record_source,
    pending.delivery_id
from news
inner join {{ ref('stg_social__matter') }} as staged on news.record_id = staged.record_id
inner join {{ ref('pending_delivery') }} as pending on staged.delivery_number = pending.delivery_number
{{ not_stated('news', 'pending', 'service_need_assessment_hk', 'social.matter') }}
union all
select
    contradicted.service_need_assessment_hk,
    {{ withdrawn() }} as hashdiff,
    {{ hash_recipe() }} as hash_recipe,
    cast(null as date) as assessment_started_date,
    cast(null as date) as assessment_ready_date,
    pending.extract_datetime,
    pending.load_datetime,
    pending.record_source,
    pending.delivery_id
from contradicted
inner join {{ ref('pending_delivery') }} as pending on contradicted.withdrawn_by = pending.delivery_number
{{
    not_stated(
        'contradicted', 'pending', 'service_need_assessment_hk', 'social.matter', withdrawal='hashdiff'
    )
}}
{% if not is_incremental() %}
union all
{{ ghost_rows(['service_need_assessment_hk', 'hashdiff'], {'assessment_started_date': 'date', 'assessment_ready_date': 'date'}, recipe=true) }}
{% endif %}
