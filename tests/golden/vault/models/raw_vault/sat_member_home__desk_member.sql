-- One row per member and change of its home, as desk.member told it. Insert only.
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
        member_hk,
        extract_datetime,
        case
            when min(member_home_hashdiff) = max(member_home_hashdiff)
                then min(member_home_hashdiff)
            else {{ withdrawn() }}
        end as version,
        min(record_id) as record_id
    from {{ ref('stg_desk__member') }}
    where
        member_hk not in ({{ ghost_keys() }})
    group by member_hk, extract_datetime
    having
        min(member_home_hashdiff) = max(member_home_hashdiff)
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
            latest_before('desk.member', 'member_hk', 'hashdiff', {
                'town': 'town',
                'street': 'street'
            })
        }} as latest
        on told.member_hk = latest.member_hk
    window by_time as (partition by told.member_hk order by told.extract_datetime)
),

-- Later deliveries of the same extract that contradict the first: it held until they were registered.
contradicted as (
    select
        member_hk,
        min(record_id) as record_id,
        min(case when version <> first_version then delivery_number end) as withdrawn_by
    from (
        select
            staged.member_hk,
            staged.extract_datetime,
            staged.record_id,
            staged.delivery_number,
            pending.load_datetime,
            staged.member_home_hashdiff as version,
            first_value(staged.member_home_hashdiff) over (
                partition by staged.member_hk, staged.extract_datetime
                order by staged.record_id
            ) as first_version
        from {{ ref('stg_desk__member') }} as staged
        inner join {{ ref('pending_delivery') }} as pending on staged.delivery_number = pending.delivery_number
        inner join told
            on
                staged.member_hk = told.member_hk
                and staged.extract_datetime = told.extract_datetime
        where
            told.version = {{ withdrawn() }}
    ) as claims
    group by member_hk, extract_datetime
    having min(load_datetime) < min(case when version <> first_version then load_datetime end)
),

-- A repetition of the version before it is no news, unless that one was registered later.
news as (
    select
        member_hk,
        record_id
    from sequenced
    where
        version <> {{ withdrawn() }}
        and (version is distinct from previous_version or previous_record > record_id)
    union all
    select
        member_hk,
        record_id
    from contradicted
)

select
    news.member_hk,
    staged.member_home_hashdiff as hashdiff,
    {{ hash_recipe() }} as hash_recipe,
    staged.town,
    staged.street,
    pending.extract_datetime,
    pending.load_datetime,
    pending.record_source,
    pending.delivery_id
from news
inner join {{ ref('stg_desk__member') }} as staged on news.record_id = staged.record_id
inner join {{ ref('pending_delivery') }} as pending on staged.delivery_number = pending.delivery_number
{{ not_stated('news', 'pending', 'member_hk', 'desk.member') }}
union all
select
    contradicted.member_hk,
    {{ withdrawn() }} as hashdiff,
    {{ hash_recipe() }} as hash_recipe,
    cast(null as string) as town,
    cast(null as string) as street,
    pending.extract_datetime,
    pending.load_datetime,
    pending.record_source,
    pending.delivery_id
from contradicted
inner join {{ ref('pending_delivery') }} as pending on contradicted.withdrawn_by = pending.delivery_number
{{
    not_stated(
        'contradicted', 'pending', 'member_hk', 'desk.member', withdrawal='hashdiff'
    )
}}
{% if not is_incremental() %}
union all
{{ ghost_rows(['member_hk', 'hashdiff'], {'town': 'string', 'street': 'string'}, recipe=true) }}
{% endif %}
