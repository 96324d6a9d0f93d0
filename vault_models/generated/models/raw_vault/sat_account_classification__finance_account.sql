-- One row per account and change of its classification, as finance.account told it. Insert only.
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
        account_hk,
        extract_datetime,
        case
            when min(account_classification_hashdiff) = max(account_classification_hashdiff)
                then min(account_classification_hashdiff)
            else {{ withdrawn() }}
        end as version,
        min(record_id) as record_id
    from {{ ref('stg_finance__account') }}
    where
        account_hk not in ({{ ghost_keys() }})
    group by account_hk, extract_datetime
    having
        min(account_classification_hashdiff) = max(account_classification_hashdiff)
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
            latest_before('finance.account', 'account_hk', 'hashdiff', {
                'account_name_fi': 'account_name_fi',
                'account_name_sv': 'account_name_sv',
                'account_group_code': 'account_group_code'
            })
        }} as latest
        on told.account_hk = latest.account_hk
    window by_time as (partition by told.account_hk order by told.extract_datetime)
),

-- Later deliveries of the same extract that contradict the first: it held until they were registered.
contradicted as (
    select
        account_hk,
        min(record_id) as record_id,
        min(case when version <> first_version then delivery_number end) as withdrawn_by
    from (
        select
            staged.account_hk,
            staged.extract_datetime,
            staged.record_id,
            staged.delivery_number,
            pending.load_datetime,
            staged.account_classification_hashdiff as version,
            first_value(staged.account_classification_hashdiff) over (
                partition by staged.account_hk, staged.extract_datetime
                order by staged.record_id
            ) as first_version
        from {{ ref('stg_finance__account') }} as staged
        inner join {{ ref('pending_delivery') }} as pending on staged.delivery_number = pending.delivery_number
        inner join told
            on
                staged.account_hk = told.account_hk
                and staged.extract_datetime = told.extract_datetime
        where
            told.version = {{ withdrawn() }}
    ) as claims
    group by account_hk, extract_datetime
    having min(load_datetime) < min(case when version <> first_version then load_datetime end)
),

-- A repetition of the version before it is no news, unless that one was registered later.
news as (
    select
        account_hk,
        record_id
    from sequenced
    where
        version <> {{ withdrawn() }}
        and (version is distinct from previous_version or previous_record > record_id)
    union all
    select
        account_hk,
        record_id
    from contradicted
)

select
    news.account_hk,
    staged.account_classification_hashdiff as hashdiff,
    {{ hash_recipe() }} as hash_recipe,
    staged.nimi as account_name_fi,
    staged.namn as account_name_sv,
    staged.tiliryhma as account_group_code,
    pending.extract_datetime,
    pending.load_datetime,
    pending.record_source,
    pending.delivery_id
from news
inner join {{ ref('stg_finance__account') }} as staged on news.record_id = staged.record_id
inner join {{ ref('pending_delivery') }} as pending on staged.delivery_number = pending.delivery_number
{{ not_stated('news', 'pending', 'account_hk', 'finance.account') }}
union all
select
    contradicted.account_hk,
    {{ withdrawn() }} as hashdiff,
    {{ hash_recipe() }} as hash_recipe,
    cast(null as string) as account_name_fi,
    cast(null as string) as account_name_sv,
    cast(null as string) as account_group_code,
    pending.extract_datetime,
    pending.load_datetime,
    pending.record_source,
    pending.delivery_id
from contradicted
inner join {{ ref('pending_delivery') }} as pending on contradicted.withdrawn_by = pending.delivery_number
{{
    not_stated(
        'contradicted', 'pending', 'account_hk', 'finance.account', withdrawal='hashdiff'
    )
}}
{% if not is_incremental() %}
union all
{{ ghost_rows(['account_hk', 'hashdiff'], {'account_name_fi': 'string', 'account_name_sv': 'string', 'account_group_code': 'string'}, recipe=true) }}
{% endif %}
