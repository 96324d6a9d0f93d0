-- One row per book and change of its keeping, as desk.book told it. Insert only.
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
        book_hk,
        extract_datetime,
        case
            when min(book_keeping_hk) = max(book_keeping_hk)
                then min(book_keeping_hk)
            else {{ withdrawn() }}
        end as version,
        min(record_id) as record_id
    from {{ ref('stg_desk__book') }}
    where
        book_hk not in ({{ ghost_keys() }})
    group by book_hk, extract_datetime
    having
        min(book_keeping_hk) = max(book_keeping_hk)
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
            latest_before('desk.book', 'book_hk', 'book_keeping_hk')
        }} as latest
        on told.book_hk = latest.book_hk
    window by_time as (partition by told.book_hk order by told.extract_datetime)
),

-- Later deliveries of the same extract that contradict the first: it held until they were registered.
contradicted as (
    select
        book_hk,
        min(record_id) as record_id,
        min(case when version <> first_version then delivery_number end) as withdrawn_by
    from (
        select
            staged.book_hk,
            staged.extract_datetime,
            staged.record_id,
            staged.delivery_number,
            pending.load_datetime,
            staged.book_keeping_hk as version,
            first_value(staged.book_keeping_hk) over (
                partition by staged.book_hk, staged.extract_datetime
                order by staged.record_id
            ) as first_version
        from {{ ref('stg_desk__book') }} as staged
        inner join {{ ref('pending_delivery') }} as pending on staged.delivery_number = pending.delivery_number
        inner join told
            on
                staged.book_hk = told.book_hk
                and staged.extract_datetime = told.extract_datetime
        where
            told.version = {{ withdrawn() }}
    ) as claims
    group by book_hk, extract_datetime
    having min(load_datetime) < min(case when version <> first_version then load_datetime end)
),

-- A repetition of the version before it is no news, unless that one was registered later.
news as (
    select
        book_hk,
        record_id
    from sequenced
    where
        version <> {{ withdrawn() }}
        and (version is distinct from previous_version or previous_record > record_id)
    union all
    select
        book_hk,
        record_id
    from contradicted
)

select
    news.book_hk,
    staged.book_keeping_hk,
    {{ hash_recipe() }} as hash_recipe,
    pending.extract_datetime,
    pending.load_datetime,
    pending.record_source,
    pending.delivery_id
from news
inner join {{ ref('stg_desk__book') }} as staged on news.record_id = staged.record_id
inner join {{ ref('pending_delivery') }} as pending on staged.delivery_number = pending.delivery_number
{{ not_stated('news', 'pending', 'book_hk', 'desk.book') }}
union all
select
    contradicted.book_hk,
    {{ withdrawn() }} as book_keeping_hk,
    {{ hash_recipe() }} as hash_recipe,
    pending.extract_datetime,
    pending.load_datetime,
    pending.record_source,
    pending.delivery_id
from contradicted
inner join {{ ref('pending_delivery') }} as pending on contradicted.withdrawn_by = pending.delivery_number
{{
    not_stated(
        'contradicted', 'pending', 'book_hk', 'desk.book', withdrawal='book_keeping_hk'
    )
}}
{% if not is_incremental() %}
union all
{{ ghost_rows(['book_hk', 'book_keeping_hk'], {}, recipe=true) }}
{% endif %}
