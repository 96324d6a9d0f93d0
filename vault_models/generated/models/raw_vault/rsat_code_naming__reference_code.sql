-- One row per code and change of its naming, as reference.code told it. Insert only.
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
        code_hk,
        extract_datetime,
        case
            when min(code_naming_hashdiff) = max(code_naming_hashdiff)
                then min(code_naming_hashdiff)
            else {{ withdrawn() }}
        end as version,
        min(record_id) as record_id
    from {{ ref('stg_reference__code') }}
    where
        code_hk not in ({{ ghost_keys() }})
    group by code_hk, extract_datetime
    having
        min(code_naming_hashdiff) = max(code_naming_hashdiff)
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
            latest_before('reference.code', 'code_hk', 'hashdiff', {
                'code_valid_to': 'code_valid_to:date',
                'code_name_fi': 'code_name_fi',
                'code_name_sv': 'code_name_sv'
            })
        }} as latest
        on told.code_hk = latest.code_hk
    window by_time as (partition by told.code_hk order by told.extract_datetime)
),

-- Later deliveries of the same extract that contradict the first: it held until they were registered.
contradicted as (
    select
        code_hk,
        min(record_id) as record_id,
        min(case when version <> first_version then delivery_number end) as withdrawn_by
    from (
        select
            staged.code_hk,
            staged.extract_datetime,
            staged.record_id,
            staged.delivery_number,
            pending.load_datetime,
            staged.code_naming_hashdiff as version,
            first_value(staged.code_naming_hashdiff) over (
                partition by staged.code_hk, staged.extract_datetime
                order by staged.record_id
            ) as first_version
        from {{ ref('stg_reference__code') }} as staged
        inner join {{ ref('pending_delivery') }} as pending on staged.delivery_number = pending.delivery_number
        inner join told
            on
                staged.code_hk = told.code_hk
                and staged.extract_datetime = told.extract_datetime
        where
            told.version = {{ withdrawn() }}
    ) as claims
    group by code_hk, extract_datetime
    having min(load_datetime) < min(case when version <> first_version then load_datetime end)
),

-- A repetition of the version before it is no news, unless that one was registered later.
news as (
    select
        code_hk,
        record_id
    from sequenced
    where
        version <> {{ withdrawn() }}
        and (version is distinct from previous_version or previous_record > record_id)
    union all
    select
        code_hk,
        record_id
    from contradicted
)

select
    news.code_hk,
    staged.code_naming_hashdiff as hashdiff,
    {{ hash_recipe() }} as hash_recipe,
    staged.expiring_date as code_valid_to,
    staged.long_name as code_name_fi,
    staged.long_name_sv as code_name_sv,
    pending.extract_datetime,
    pending.load_datetime,
    pending.record_source,
    pending.delivery_id
from news
inner join {{ ref('stg_reference__code') }} as staged on news.record_id = staged.record_id
inner join {{ ref('pending_delivery') }} as pending on staged.delivery_number = pending.delivery_number
{{ not_stated('news', 'pending', 'code_hk', 'reference.code') }}
union all
select
    contradicted.code_hk,
    {{ withdrawn() }} as hashdiff,
    {{ hash_recipe() }} as hash_recipe,
    cast(null as date) as code_valid_to,
    cast(null as string) as code_name_fi,
    cast(null as string) as code_name_sv,
    pending.extract_datetime,
    pending.load_datetime,
    pending.record_source,
    pending.delivery_id
from contradicted
inner join {{ ref('pending_delivery') }} as pending on contradicted.withdrawn_by = pending.delivery_number
{{
    not_stated(
        'contradicted', 'pending', 'code_hk', 'reference.code', withdrawal='hashdiff'
    )
}}
{% if not is_incremental() %}
union all
{{ ghost_rows(['code_hk', 'hashdiff'], {'code_valid_to': 'date', 'code_name_fi': 'string', 'code_name_sv': 'string'}, recipe=true) }}
{% endif %}
