-- One row per employment and change of its assignment, as hr.employment told it. Insert only.
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
        employment_hk,
        extract_datetime,
        case
            when min(employment_assignment_hk) = max(employment_assignment_hk)
                then min(employment_assignment_hk)
            else {{ withdrawn() }}
        end as version,
        min(record_id) as record_id
    from {{ ref('stg_hr__employment') }}
    where
        employment_hk not in ({{ ghost_keys() }})
    group by employment_hk, extract_datetime
    having
        min(employment_assignment_hk) = max(employment_assignment_hk)
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
            latest_before('hr.employment', 'employment_hk', 'employment_assignment_hk')
        }} as latest
        on told.employment_hk = latest.employment_hk
    window by_time as (partition by told.employment_hk order by told.extract_datetime)
),

-- Later deliveries of the same extract that contradict the first: it held until they were registered.
contradicted as (
    select
        employment_hk,
        min(record_id) as record_id,
        min(case when version <> first_version then delivery_number end) as withdrawn_by
    from (
        select
            staged.employment_hk,
            staged.extract_datetime,
            staged.record_id,
            staged.delivery_number,
            pending.load_datetime,
            staged.employment_assignment_hk as version,
            first_value(staged.employment_assignment_hk) over (
                partition by staged.employment_hk, staged.extract_datetime
                order by staged.record_id
            ) as first_version
        from {{ ref('stg_hr__employment') }} as staged
        inner join {{ ref('pending_delivery') }} as pending on staged.delivery_number = pending.delivery_number
        inner join told
            on
                staged.employment_hk = told.employment_hk
                and staged.extract_datetime = told.extract_datetime
        where
            told.version = {{ withdrawn() }}
    ) as claims
    group by employment_hk, extract_datetime
    having min(load_datetime) < min(case when version <> first_version then load_datetime end)
),

-- A repetition of the version before it is no news, unless that one was registered later.
news as (
    select
        employment_hk,
        record_id
    from sequenced
    where
        version <> {{ withdrawn() }}
        and (version is distinct from previous_version or previous_record > record_id)
    union all
    select
        employment_hk,
        record_id
    from contradicted
)

select
    news.employment_hk,
    staged.employment_assignment_hk,
    {{ hash_recipe() }} as hash_recipe,
    pending.extract_datetime,
    pending.load_datetime,
    pending.record_source,
    pending.delivery_id
from news
inner join {{ ref('stg_hr__employment') }} as staged on news.record_id = staged.record_id
inner join {{ ref('pending_delivery') }} as pending on staged.delivery_number = pending.delivery_number
{{ not_stated('news', 'pending', 'employment_hk', 'hr.employment') }}
union all
select
    contradicted.employment_hk,
    {{ withdrawn() }} as employment_assignment_hk,
    {{ hash_recipe() }} as hash_recipe,
    pending.extract_datetime,
    pending.load_datetime,
    pending.record_source,
    pending.delivery_id
from contradicted
inner join {{ ref('pending_delivery') }} as pending on contradicted.withdrawn_by = pending.delivery_number
{{
    not_stated(
        'contradicted', 'pending', 'employment_hk', 'hr.employment', withdrawal='employment_assignment_hk'
    )
}}
{% if not is_incremental() %}
union all
{{ ghost_rows(['employment_hk', 'employment_assignment_hk'], {}, recipe=true) }}
{% endif %}
