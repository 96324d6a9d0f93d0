-- One row per person, moved_in_date and change of its residence, as reference.resident told it. Insert only.
{{
    config(
        materialized='incremental',
        incremental_strategy='append',
        on_schema_change='append_new_columns',
        full_refresh=false
    )
}}

with

-- The rows of sets that each delivery tells, each once.
told as (
    select
        person_hk,
        asuu_alkaen as moved_in_date,
        person_residence_hashdiff as hashdiff,
        extract_datetime,
        delivery_number,
        min(record_id) as record_id
    from {{ ref('stg_reference__resident') }}
    where
        person_hk not in ({{ ghost_keys() }})
    group by
        person_hk, asuu_alkaen,
        person_residence_hashdiff, extract_datetime, delivery_number
),

-- The registrations that tell of a key's set at an extract time; what is registered at one time, such as the parts of
-- a snapshot, is one.
registration as (
    select
        claim.person_hk,
        claim.extract_datetime,
        max(claim.delivery_number) as delivery_number
    from told as claim
    inner join {{ ref('pending_delivery') }} as pending on claim.delivery_number = pending.delivery_number
    group by claim.person_hk, claim.extract_datetime, pending.load_datetime
),

-- The rows that are known by each registration: its own and those of earlier ones of the same extract, once each.
row_known as (
    select
        told.person_hk,
        told.moved_in_date,
        told.hashdiff,
        told.extract_datetime,
        registration.delivery_number,
        min(told.record_id) as record_id
    from told
    inner join registration
        on
            told.person_hk = registration.person_hk
            and told.extract_datetime = registration.extract_datetime
            and told.delivery_number <= registration.delivery_number
    group by
        told.person_hk, told.moved_in_date, told.hashdiff, told.extract_datetime, registration.delivery_number
),

-- All rows of a key at one time are one version. Two different rows of one child key contradict each other, and the
-- whole set is withdrawn.
version as (
    select
        person_hk,
        extract_datetime,
        delivery_number,
        case when max(_copies) = 1 then {{ hash_set('hashdiff') }} else {{ withdrawn() }} end as version
    from (
        select
            row_known.*,
            count(*) over (
                partition by person_hk, extract_datetime, delivery_number, moved_in_date
            ) as _copies
        from row_known
    ) as counted
    group by person_hk, extract_datetime, delivery_number
),

sequenced as (
    select
        version.*,
        lag(version.version) over by_time as told_before,
        lag(version.extract_datetime) over by_time as time_before,
        lag(version.delivery_number) over by_time as delivery_before,
        latest.version as latest_version
    from version
    left join
        {{
            latest_set_before('reference.resident', 'person_hk', {
                'municipality_code': 'municipality_code',
                'moved_in_date': 'moved_in_date:date',
                'moved_out_date': 'moved_out_date:date'
            })
        }} as latest
        on version.person_hk = latest.person_hk
    window by_time as (
        partition by version.person_hk
        order by version.extract_datetime, version.delivery_number
    )
),

-- The sets to write. One that repeats the set before it is left out, unless that was registered later or withdrawn.
news as (
    select *
    from sequenced
    where
        case
            when time_before = extract_datetime then version <> told_before
            when version = {{ withdrawn() }} then false
            when told_before is null then version is distinct from latest_version
            else version <> told_before or delivery_before > delivery_number
        end
)

select
    news.person_hk,
    row_known.hashdiff,
    {{ hash_recipe() }} as hash_recipe,
    staged.kunta as municipality_code,
    staged.asuu_alkaen as moved_in_date,
    staged.asuu_asti as moved_out_date,
    pending.extract_datetime,
    pending.load_datetime,
    pending.record_source,
    own.delivery_id
from news
inner join row_known
    on
        news.person_hk = row_known.person_hk
        and news.extract_datetime = row_known.extract_datetime
        and news.delivery_number = row_known.delivery_number
inner join {{ ref('stg_reference__resident') }} as staged on row_known.record_id = staged.record_id
inner join {{ ref('pending_delivery') }} as own on staged.delivery_number = own.delivery_number
inner join {{ ref('pending_delivery') }} as pending on news.delivery_number = pending.delivery_number
{{ not_stated('news', 'pending', 'person_hk', 'reference.resident') }}
where news.version <> {{ withdrawn() }}
union all
select
    news.person_hk,
    {{ withdrawn() }} as hashdiff,
    {{ hash_recipe() }} as hash_recipe,
    cast(null as string) as municipality_code,
    cast(null as date) as moved_in_date,
    cast(null as date) as moved_out_date,
    pending.extract_datetime,
    pending.load_datetime,
    pending.record_source,
    pending.delivery_id
from news
inner join {{ ref('pending_delivery') }} as pending on news.delivery_number = pending.delivery_number
{{ not_stated('news', 'pending', 'person_hk', 'reference.resident') }}
where news.version = {{ withdrawn() }}
{% if not is_incremental() %}
union all
{{
    ghost_rows(
        ['person_hk', 'hashdiff'],
        {
            'municipality_code': 'string',
            'moved_in_date': 'date',
            'moved_out_date': 'date'
        },
        recipe=true
    )
}}
{% endif %}
