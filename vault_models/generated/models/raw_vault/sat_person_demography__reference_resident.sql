-- One row per person and change of its demography, as reference.resident told it. Insert only.
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
        person_hk,
        extract_datetime,
        case
            when min(person_demography_hashdiff) = max(person_demography_hashdiff)
                then min(person_demography_hashdiff)
            else {{ withdrawn() }}
        end as version,
        min(record_id) as record_id
    from {{ ref('stg_reference__resident') }}
    where
        person_hk not in ({{ ghost_keys() }})
    group by person_hk, extract_datetime
    having
        min(person_demography_hashdiff) = max(person_demography_hashdiff)
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
            latest_before('reference.resident', 'person_hk', 'hashdiff', {
                'sex_code': 'sex_code',
                'birth_date': 'birth_date:date',
                'death_date': 'death_date:date',
                'language_code': 'language_code'
            })
        }} as latest
        on told.person_hk = latest.person_hk
    window by_time as (partition by told.person_hk order by told.extract_datetime)
),

-- Later deliveries of the same extract that contradict the first: it held until they were registered.
contradicted as (
    select
        person_hk,
        min(record_id) as record_id,
        min(case when version <> first_version then delivery_number end) as withdrawn_by
    from (
        select
            staged.person_hk,
            staged.extract_datetime,
            staged.record_id,
            staged.delivery_number,
            pending.load_datetime,
            staged.person_demography_hashdiff as version,
            first_value(staged.person_demography_hashdiff) over (
                partition by staged.person_hk, staged.extract_datetime
                order by staged.record_id
            ) as first_version
        from {{ ref('stg_reference__resident') }} as staged
        inner join {{ ref('pending_delivery') }} as pending on staged.delivery_number = pending.delivery_number
        inner join told
            on
                staged.person_hk = told.person_hk
                and staged.extract_datetime = told.extract_datetime
        where
            told.version = {{ withdrawn() }}
    ) as claims
    group by person_hk, extract_datetime
    having min(load_datetime) < min(case when version <> first_version then load_datetime end)
),

-- A repetition of the version before it is no news, unless that one was registered later.
news as (
    select
        person_hk,
        record_id
    from sequenced
    where
        version <> {{ withdrawn() }}
        and (version is distinct from previous_version or previous_record > record_id)
    union all
    select
        person_hk,
        record_id
    from contradicted
)

select
    news.person_hk,
    staged.person_demography_hashdiff as hashdiff,
    {{ hash_recipe() }} as hash_recipe,
    staged.sukupuoli as sex_code,
    staged.syntymapvm as birth_date,
    staged.kuolinpvm as death_date,
    staged.aidinkieli as language_code,
    pending.extract_datetime,
    pending.load_datetime,
    pending.record_source,
    pending.delivery_id
from news
inner join {{ ref('stg_reference__resident') }} as staged on news.record_id = staged.record_id
inner join {{ ref('pending_delivery') }} as pending on staged.delivery_number = pending.delivery_number
{{ not_stated('news', 'pending', 'person_hk', 'reference.resident') }}
union all
select
    contradicted.person_hk,
    {{ withdrawn() }} as hashdiff,
    {{ hash_recipe() }} as hash_recipe,
    cast(null as string) as sex_code,
    cast(null as date) as birth_date,
    cast(null as date) as death_date,
    cast(null as string) as language_code,
    pending.extract_datetime,
    pending.load_datetime,
    pending.record_source,
    pending.delivery_id
from contradicted
inner join {{ ref('pending_delivery') }} as pending on contradicted.withdrawn_by = pending.delivery_number
{{
    not_stated(
        'contradicted', 'pending', 'person_hk', 'reference.resident', withdrawal='hashdiff'
    )
}}
{% if not is_incremental() %}
union all
{{ ghost_rows(['person_hk', 'hashdiff'], {'sex_code': 'string', 'birth_date': 'date', 'death_date': 'date', 'language_code': 'string'}, recipe=true) }}
{% endif %}
