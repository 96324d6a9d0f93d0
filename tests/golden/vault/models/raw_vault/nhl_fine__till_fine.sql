-- One row per fine and change of its entry, as till.fine told it. Insert only.
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
        fine_hk,
        extract_datetime,
        case
            when min(fine_entry_hashdiff) = max(fine_entry_hashdiff)
                then min(fine_entry_hashdiff)
            else {{ withdrawn() }}
        end as version,
        min(record_id) as record_id
    from {{ ref('stg_till__fine') }}
    where
        fine_hk not in ({{ ghost_keys() }})
    group by fine_hk, extract_datetime
    having
        min(fine_entry_hashdiff) = max(fine_entry_hashdiff)
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
            latest_before('till.fine', 'fine_hk', 'hashdiff', {
                'amount': 'amount:decimal',
                'member_hk': 'member_hk:key'
            })
        }} as latest
        on told.fine_hk = latest.fine_hk
    window by_time as (partition by told.fine_hk order by told.extract_datetime)
),

-- Later deliveries of the same extract that contradict the first: it held until they were registered.
contradicted as (
    select
        fine_hk,
        min(record_id) as record_id,
        min(case when version <> first_version then delivery_number end) as withdrawn_by
    from (
        select
            staged.fine_hk,
            staged.extract_datetime,
            staged.record_id,
            staged.delivery_number,
            pending.load_datetime,
            staged.fine_entry_hashdiff as version,
            first_value(staged.fine_entry_hashdiff) over (
                partition by staged.fine_hk, staged.extract_datetime
                order by staged.record_id
            ) as first_version
        from {{ ref('stg_till__fine') }} as staged
        inner join {{ ref('pending_delivery') }} as pending on staged.delivery_number = pending.delivery_number
        inner join told
            on
                staged.fine_hk = told.fine_hk
                and staged.extract_datetime = told.extract_datetime
        where
            told.version = {{ withdrawn() }}
    ) as claims
    group by fine_hk, extract_datetime
    having min(load_datetime) < min(case when version <> first_version then load_datetime end)
),

-- A repetition of the version before it is no news, unless that one was registered later.
news as (
    select
        fine_hk,
        record_id
    from sequenced
    where
        version <> {{ withdrawn() }}
        and (version is distinct from previous_version or previous_record > record_id)
    union all
    select
        fine_hk,
        record_id
    from contradicted
)

select
    news.fine_hk,
    staged.fine_entry_hashdiff as hashdiff,
    staged.member_hk,
    {{ hash_recipe() }} as hash_recipe,
    staged.fine as fine_number,
    staged.amount,
    pending.extract_datetime,
    pending.load_datetime,
    pending.record_source,
    pending.delivery_id
from news
inner join {{ ref('stg_till__fine') }} as staged on news.record_id = staged.record_id
inner join {{ ref('pending_delivery') }} as pending on staged.delivery_number = pending.delivery_number
{{ not_stated('news', 'pending', 'fine_hk', 'till.fine') }}
union all
select
    contradicted.fine_hk,
    {{ withdrawn() }} as hashdiff,
    {{ not_applicable_key() }} as member_hk,
    {{ hash_recipe() }} as hash_recipe,
    cast(null as string) as fine_number,
    cast(null as decimal(18, 2)) as amount,
    pending.extract_datetime,
    pending.load_datetime,
    pending.record_source,
    pending.delivery_id
from contradicted
inner join {{ ref('pending_delivery') }} as pending on contradicted.withdrawn_by = pending.delivery_number
{{
    not_stated(
        'contradicted', 'pending', 'fine_hk', 'till.fine', withdrawal='hashdiff'
    )
}}
{% if not is_incremental() %}
union all
{{ ghost_rows(['fine_hk', 'hashdiff', 'member_hk'], {'fine_number': 'string', 'amount': 'decimal(18, 2)'}, recipe=true) }}
{% endif %}
