-- One row per loan and item and change of its pricing, as kiosk.item told it. Insert only.
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
        loan_item_hk,
        extract_datetime,
        case
            when min(loan_item_pricing_hashdiff) = max(loan_item_pricing_hashdiff)
                then min(loan_item_pricing_hashdiff)
            else {{ withdrawn() }}
        end as version,
        min(record_id) as record_id
    from {{ ref('stg_kiosk__item') }}
    where
        loan_hk not in ({{ ghost_keys() }})
        and not is_deleted
    group by loan_item_hk, extract_datetime
    having
        min(loan_item_pricing_hashdiff) = max(loan_item_pricing_hashdiff)
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
            latest_before('kiosk.item', 'loan_item_hk', 'hashdiff', {
                'price': 'price:decimal'
            })
        }} as latest
        on told.loan_item_hk = latest.loan_item_hk
    window by_time as (partition by told.loan_item_hk order by told.extract_datetime)
),

-- Later deliveries of the same extract that contradict the first: it held until they were registered.
contradicted as (
    select
        loan_item_hk,
        min(record_id) as record_id,
        min(case when version <> first_version then delivery_number end) as withdrawn_by
    from (
        select
            staged.loan_item_hk,
            staged.extract_datetime,
            staged.record_id,
            staged.delivery_number,
            pending.load_datetime,
            staged.loan_item_pricing_hashdiff as version,
            first_value(staged.loan_item_pricing_hashdiff) over (
                partition by staged.loan_item_hk, staged.extract_datetime
                order by staged.record_id
            ) as first_version
        from {{ ref('stg_kiosk__item') }} as staged
        inner join {{ ref('pending_delivery') }} as pending on staged.delivery_number = pending.delivery_number
        inner join told
            on
                staged.loan_item_hk = told.loan_item_hk
                and staged.extract_datetime = told.extract_datetime
        where
            told.version = {{ withdrawn() }}
            and not staged.is_deleted
    ) as claims
    group by loan_item_hk, extract_datetime
    having min(load_datetime) < min(case when version <> first_version then load_datetime end)
),

-- A repetition of the version before it is no news, unless that one was registered later.
news as (
    select
        loan_item_hk,
        record_id
    from sequenced
    where
        version <> {{ withdrawn() }}
        and (version is distinct from previous_version or previous_record > record_id)
    union all
    select
        loan_item_hk,
        record_id
    from contradicted
)

select
    news.loan_item_hk,
    staged.loan_item_pricing_hashdiff as hashdiff,
    {{ hash_recipe() }} as hash_recipe,
    staged.price,
    pending.extract_datetime,
    pending.load_datetime,
    pending.record_source,
    pending.delivery_id
from news
inner join {{ ref('stg_kiosk__item') }} as staged on news.record_id = staged.record_id
inner join {{ ref('pending_delivery') }} as pending on staged.delivery_number = pending.delivery_number
{{ not_stated('news', 'pending', 'loan_item_hk', 'kiosk.item') }}
union all
select
    contradicted.loan_item_hk,
    {{ withdrawn() }} as hashdiff,
    {{ hash_recipe() }} as hash_recipe,
    cast(null as decimal(18, 2)) as price,
    pending.extract_datetime,
    pending.load_datetime,
    pending.record_source,
    pending.delivery_id
from contradicted
inner join {{ ref('pending_delivery') }} as pending on contradicted.withdrawn_by = pending.delivery_number
{{
    not_stated(
        'contradicted', 'pending', 'loan_item_hk', 'kiosk.item', withdrawal='hashdiff'
    )
}}
{% if not is_incremental() %}
union all
{{ ghost_rows(['loan_item_hk', 'hashdiff'], {'price': 'decimal(18, 2)'}, recipe=true) }}
{% endif %}
