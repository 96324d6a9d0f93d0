-- One row per genre and change of its naming, as desk.genre told it. Insert only.
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
        genre_hk,
        extract_datetime,
        case
            when min(genre_naming_hashdiff) = max(genre_naming_hashdiff)
                then min(genre_naming_hashdiff)
            else {{ withdrawn() }}
        end as version,
        min(record_id) as record_id
    from {{ ref('stg_desk__genre') }}
    where
        genre_hk not in ({{ ghost_keys() }})
    group by genre_hk, extract_datetime
    having
        min(genre_naming_hashdiff) = max(genre_naming_hashdiff)
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
            latest_before('desk.genre', 'genre_hk', 'hashdiff', {
                'genre_name': 'genre_name',
                'starts': 'starts:date',
                'expires': 'expires:date'
            })
        }} as latest
        on told.genre_hk = latest.genre_hk
    window by_time as (partition by told.genre_hk order by told.extract_datetime)
),

-- Later deliveries of the same extract that contradict the first: it held until they were registered.
contradicted as (
    select
        genre_hk,
        min(record_id) as record_id,
        min(case when version <> first_version then delivery_number end) as withdrawn_by
    from (
        select
            staged.genre_hk,
            staged.extract_datetime,
            staged.record_id,
            staged.delivery_number,
            pending.load_datetime,
            staged.genre_naming_hashdiff as version,
            first_value(staged.genre_naming_hashdiff) over (
                partition by staged.genre_hk, staged.extract_datetime
                order by staged.record_id
            ) as first_version
        from {{ ref('stg_desk__genre') }} as staged
        inner join {{ ref('pending_delivery') }} as pending on staged.delivery_number = pending.delivery_number
        inner join told
            on
                staged.genre_hk = told.genre_hk
                and staged.extract_datetime = told.extract_datetime
        where
            told.version = {{ withdrawn() }}
    ) as claims
    group by genre_hk, extract_datetime
    having min(load_datetime) < min(case when version <> first_version then load_datetime end)
),

-- A repetition of the version before it is no news, unless that one was registered later.
news as (
    select
        genre_hk,
        record_id
    from sequenced
    where
        version <> {{ withdrawn() }}
        and (version is distinct from previous_version or previous_record > record_id)
    union all
    select
        genre_hk,
        record_id
    from contradicted
)

select
    news.genre_hk,
    staged.genre_naming_hashdiff as hashdiff,
    {{ hash_recipe() }} as hash_recipe,
    staged.name as genre_name,
    staged.starts,
    staged.expires,
    pending.extract_datetime,
    pending.load_datetime,
    pending.record_source,
    pending.delivery_id
from news
inner join {{ ref('stg_desk__genre') }} as staged on news.record_id = staged.record_id
inner join {{ ref('pending_delivery') }} as pending on staged.delivery_number = pending.delivery_number
{{ not_stated('news', 'pending', 'genre_hk', 'desk.genre') }}
union all
select
    contradicted.genre_hk,
    {{ withdrawn() }} as hashdiff,
    {{ hash_recipe() }} as hash_recipe,
    cast(null as string) as genre_name,
    cast(null as date) as starts,
    cast(null as date) as expires,
    pending.extract_datetime,
    pending.load_datetime,
    pending.record_source,
    pending.delivery_id
from contradicted
inner join {{ ref('pending_delivery') }} as pending on contradicted.withdrawn_by = pending.delivery_number
{{
    not_stated(
        'contradicted', 'pending', 'genre_hk', 'desk.genre', withdrawal='hashdiff'
    )
}}
{% if not is_incremental() %}
union all
{{ ghost_rows(['genre_hk', 'hashdiff'], {'genre_name': 'string', 'starts': 'date', 'expires': 'date'}, recipe=true) }}
{% endif %}
