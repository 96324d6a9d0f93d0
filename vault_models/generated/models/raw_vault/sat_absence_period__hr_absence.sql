-- One row per absence and change of its period, as hr.absence told it. Insert only.
{{
    config(
        materialized='incremental',
        incremental_strategy='append',
        on_schema_change='append_new_columns',
        full_refresh=false
    )
}}

with

named as (
    select absence_hk
    from {{ ref('stg_hr__absence') }}
    where
        absence_hk not in ({{ ghost_keys() }})
),

-- Keys that several staged records name: these are compared with each other too, not only with what is stored.
several as (
    select absence_hk
    from {{ ref('repeated_absence__hr_absence') }}
),

-- The version of each key that stood before the earliest extract that is staged.
latest as (
    select *
    from
        {{
            latest_before(
                'hr.absence', 'absence_hk', 'hashdiff', 'named',
                {
                    'absence_reason_code': 'absence_reason_code',
                    'absence_is_paid': 'absence_is_paid:boolean',
                    'absence_percent': 'absence_percent:decimal',
                    'absence_started_date': 'absence_started_date:date',
                    'absence_ended_date': 'absence_ended_date:date'
                }
            )
        }} as before
),

-- What each record of the several says.
claim as (
    select
        staged.absence_hk,
        staged.extract_datetime,
        staged.absence_period_hashdiff as version,
        staged.record_id,
        staged.delivery_number
    from {{ ref('stg_hr__absence') }} as staged
    semi join several on staged.absence_hk = several.absence_hk
),

-- What each extract says of them. A delivery that contradicts itself says nothing; if two deliveries contradict each
-- other, the version is withdrawn.
told as (
    select
        absence_hk,
        extract_datetime,
        case when min(version) = max(version) then min(version) else {{ withdrawn() }} end as version,
        min(record_id) as record_id
    from claim
    group by absence_hk, extract_datetime
    having min(version) = max(version) or min(delivery_number) < max(delivery_number)
),

-- Joined apart, so that the next join keeps only these few keys in memory.
latest_of_several as (
    select latest.*
    from latest
    semi join several on latest.absence_hk = several.absence_hk
),

sequenced as (
    select
        told.*,
        coalesce(lag(told.version) over by_time, latest.version) as previous_version,
        lag(told.record_id) over by_time as previous_record
    from told
    left join latest_of_several as latest
        on told.absence_hk = latest.absence_hk
    window by_time as (partition by told.absence_hk order by told.extract_datetime)
),

-- Versions that held for a time: the first delivery of an extract told them, and one that was registered later
-- contradicts it and withdraws them.
contradicted as (
    select
        absence_hk,
        min(record_id) as record_id,
        min(case when version <> first_version then delivery_number end) as withdrawn_by
    from (
        select
            claim.*,
            pending.load_datetime,
            first_value(claim.version) over (
                partition by claim.absence_hk, claim.extract_datetime
                order by claim.record_id
            ) as first_version
        from claim
        inner join {{ ref('pending_delivery') }} as pending on claim.delivery_number = pending.delivery_number
        inner join told
            on
                claim.absence_hk = told.absence_hk
                and claim.extract_datetime = told.extract_datetime
        where told.version = {{ withdrawn() }}
    ) as claims
    group by absence_hk, extract_datetime
    having min(load_datetime) < min(case when version <> first_version then load_datetime end)
),

-- Records of the several to write. What repeats the version before it is left out, unless that was registered later.
restated as (
    select record_id
    from sequenced
    where
        version <> {{ withdrawn() }}
        and (version is distinct from previous_version or previous_record > record_id)
    union all
    select record_id
    from contradicted
),

-- All records to write: of a key that one record names alone, that record if it differs from what is stored.
news as (
    select staged.*
    from {{ ref('stg_hr__absence') }} as staged
    anti join several on staged.absence_hk = several.absence_hk
    left join latest on staged.absence_hk = latest.absence_hk
    where
        staged.absence_hk not in ({{ ghost_keys() }})
        and staged.absence_period_hashdiff is distinct from latest.version
    union all
    select staged.*
    from {{ ref('stg_hr__absence') }} as staged
    semi join restated on staged.record_id = restated.record_id
)

select
    staged.absence_hk,
    staged.absence_period_hashdiff as hashdiff,
    {{ hash_recipe() }} as hash_recipe,
    staged.syy as absence_reason_code,
    staged.palkallinen as absence_is_paid,
    staged.prosentti as absence_percent,
    staged.alkoi as absence_started_date,
    staged.paattyi as absence_ended_date,
    pending.extract_datetime,
    pending.load_datetime,
    pending.record_source,
    pending.delivery_id
from news as staged
inner join {{ ref('pending_delivery') }} as pending on staged.delivery_number = pending.delivery_number
{{ not_stated('staged', 'pending', 'absence_hk', 'hr.absence') }}
union all
select
    contradicted.absence_hk,
    {{ withdrawn() }} as hashdiff,
    {{ hash_recipe() }} as hash_recipe,
    cast(null as string) as absence_reason_code,
    cast(null as boolean) as absence_is_paid,
    cast(null as decimal(18, 2)) as absence_percent,
    cast(null as date) as absence_started_date,
    cast(null as date) as absence_ended_date,
    pending.extract_datetime,
    pending.load_datetime,
    pending.record_source,
    pending.delivery_id
from contradicted
inner join {{ ref('pending_delivery') }} as pending on contradicted.withdrawn_by = pending.delivery_number
{{
    not_stated(
        'contradicted', 'pending', 'absence_hk', 'hr.absence',
        withdrawal='hashdiff'
    )
}}
{% if not is_incremental() %}
union all
{{
    ghost_rows(
        ['absence_hk', 'hashdiff'],
        {
            'absence_reason_code': 'string',
            'absence_is_paid': 'boolean',
            'absence_percent': 'decimal(18, 2)',
            'absence_started_date': 'date',
            'absence_ended_date': 'date'
        },
        recipe=true
    )
}}
{% endif %}
