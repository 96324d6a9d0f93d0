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

-- What each extract said of each key. A delivery that contradicts itself says nothing.
told as (
    select
        matter_hk,
        extract_datetime,
        case
            when min(matter_care_hk) = max(matter_care_hk)
                then min(matter_care_hk)
            else {{ withdrawn() }}
        end as version,
        min(record_id) as record_id
    from {{ ref('stg_social__matter') }}
    where
        matter_hk not in ({{ ghost_keys() }})
    group by matter_hk, extract_datetime
    having
        min(matter_care_hk) = max(matter_care_hk)
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
            latest_before('social.matter', 'matter_hk', 'matter_care_hk')
        }} as latest
        on told.matter_hk = latest.matter_hk
    window by_time as (partition by told.matter_hk order by told.extract_datetime)
),

-- Later deliveries of the same extract that contradict the first: it held until they were registered.
contradicted as (
    select
        matter_hk,
        min(record_id) as record_id,
        min(case when version <> first_version then delivery_number end) as withdrawn_by
    from (
        select
            staged.matter_hk,
            staged.extract_datetime,
            staged.record_id,
            staged.delivery_number,
            pending.load_datetime,
            staged.matter_care_hk as version,
            first_value(staged.matter_care_hk) over (
                partition by staged.matter_hk, staged.extract_datetime
                order by staged.record_id
            ) as first_version
        from {{ ref('stg_social__matter') }} as staged
        inner join {{ ref('pending_delivery') }} as pending on staged.delivery_number = pending.delivery_number
        inner join told
            on
                staged.matter_hk = told.matter_hk
                and staged.extract_datetime = told.extract_datetime
        where
            told.version = {{ withdrawn() }}
    ) as claims
    group by matter_hk, extract_datetime
    having min(load_datetime) < min(case when version <> first_version then load_datetime end)
),

-- A repetition of the version before it is no news, unless that one was registered later.
news as (
    select
        matter_hk,
        record_id
    from sequenced
    where
        version <> {{ withdrawn() }}
        and (version is distinct from previous_version or previous_record > record_id)
    union all
    select
        matter_hk,
        record_id
    from contradicted
)

select
    news.matter_hk,
    staged.matter_care_hk,
    {{ hash_recipe() }} as hash_recipe,
    pending.extract_datetime,
    pending.load_datetime,
    pending.record_source,
    pending.delivery_id
from news
inner join {{ ref('stg_social__matter') }} as staged on news.record_id = staged.record_id
inner join {{ ref('pending_delivery') }} as pending on staged.delivery_number = pending.delivery_number
{{ not_stated('news', 'pending', 'matter_hk', 'social.matter') }}
union all
select
    contradicted.matter_hk,
    {{ withdrawn() }} as matter_care_hk,
    {{ hash_recipe() }} as hash_recipe,
    pending.extract_datetime,
    pending.load_datetime,
    pending.record_source,
    pending.delivery_id
from contradicted
inner join {{ ref('pending_delivery') }} as pending on contradicted.withdrawn_by = pending.delivery_number
{{
    not_stated(
        'contradicted', 'pending', 'matter_hk', 'social.matter', withdrawal='matter_care_hk'
    )
}}
{% if not is_incremental() %}
union all
{{ ghost_rows(['matter_hk', 'matter_care_hk'], {}, recipe=true) }}
{% endif %}
