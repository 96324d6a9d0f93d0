-- One row per producer and change of its identity, as reference.unit told it. Insert only.
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
        producer_hk,
        extract_datetime,
        case
            when min(producer_identity_hashdiff) = max(producer_identity_hashdiff)
                then min(producer_identity_hashdiff)
            else {{ withdrawn() }}
        end as version,
        min(record_id) as record_id
    from {{ ref('stg_reference__unit') }}
    where
        producer_hk not in ({{ ghost_keys() }})
    group by producer_hk, extract_datetime
    having
        min(producer_identity_hashdiff) = max(producer_identity_hashdiff)
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
            latest_before('reference.unit', 'producer_hk', 'hashdiff', {
                'producer_name': 'producer_name'
            })
        }} as latest
        on told.producer_hk = latest.producer_hk
    window by_time as (partition by told.producer_hk order by told.extract_datetime)
),

-- Later deliveries of the same extract that contradict the first: it held until they were registered.
contradicted as (
    select
        producer_hk,
        min(record_id) as record_id,
        min(case when version <> first_version then delivery_number end) as withdrawn_by
    from (
        select
            staged.producer_hk,
            staged.extract_datetime,
            staged.record_id,
            staged.delivery_number,
            pending.load_datetime,
            staged.producer_identity_hashdiff as version,
            first_value(staged.producer_identity_hashdiff) over (
                partition by staged.producer_hk, staged.extract_datetime
                order by staged.record_id
            ) as first_version
        from {{ ref('stg_reference__unit') }} as staged
        inner join {{ ref('pending_delivery') }} as pending on staged.delivery_number = pending.delivery_number
        inner join told
            on
                staged.producer_hk = told.producer_hk
                and staged.extract_datetime = told.extract_datetime
        where
            told.version = {{ withdrawn() }}
    ) as claims
    group by producer_hk, extract_datetime
    having min(load_datetime) < min(case when version <> first_version then load_datetime end)
),

-- A repetition of the version before it is no news, unless that one was registered later.
news as (
    select
        producer_hk,
        record_id
    from sequenced
    where
        version <> {{ withdrawn() }}
        and (version is distinct from previous_version or previous_record > record_id)
    union all
    select
        producer_hk,
        record_id
    from contradicted
)

select
    news.producer_hk,
    staged.producer_identity_hashdiff as hashdiff,
    {{ hash_recipe() }} as hash_recipe,
    staged.tuottaja_nimi as producer_name,
    pending.extract_datetime,
    pending.load_datetime,
    pending.record_source,
    pending.delivery_id
from news
inner join {{ ref('stg_reference__unit') }} as staged on news.record_id = staged.record_id
inner join {{ ref('pending_delivery') }} as pending on staged.delivery_number = pending.delivery_number
{{ not_stated('news', 'pending', 'producer_hk', 'reference.unit') }}
union all
select
    contradicted.producer_hk,
    {{ withdrawn() }} as hashdiff,
    {{ hash_recipe() }} as hash_recipe,
    cast(null as string) as producer_name,
    pending.extract_datetime,
    pending.load_datetime,
    pending.record_source,
    pending.delivery_id
from contradicted
inner join {{ ref('pending_delivery') }} as pending on contradicted.withdrawn_by = pending.delivery_number
{{
    not_stated(
        'contradicted', 'pending', 'producer_hk', 'reference.unit', withdrawal='hashdiff'
    )
}}
{% if not is_incremental() %}
union all
{{ ghost_rows(['producer_hk', 'hashdiff'], {'producer_name': 'string'}, recipe=true) }}
{% endif %}
