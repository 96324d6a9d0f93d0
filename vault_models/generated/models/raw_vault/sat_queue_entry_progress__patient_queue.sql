-- One row per queue_entry and change of its progress, as patient.queue told it. Insert only.
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
    select queue_entry_hk
    from {{ ref('stg_patient__queue') }}
    where
        queue_entry_hk not in ({{ ghost_keys() }})
),

-- Keys that several staged records name: these are compared with each other too, not only with what is stored.
several as (
    select queue_entry_hk
    from {{ ref('repeated_queue_entry__patient_queue') }}
),

-- The version of each key that stood before the earliest extract that is staged.
latest as (
    select *
    from
        {{
            latest_before(
                'patient.queue', 'queue_entry_hk', 'hashdiff', 'named',
                {
                    'queued_date': 'queued_date:date',
                    'treatment_started_date': 'treatment_started_date:date',
                    'queue_removed_date': 'queue_removed_date:date',
                    'queue_removal_reason_code': 'queue_removal_reason_code',
                    'queue_specialty_code': 'queue_specialty_code',
                    'queue_municipality_code': 'queue_municipality_code'
                }
            )
        }} as before
),

-- What each record of the several says.
claim as (
    select
        staged.queue_entry_hk,
        staged.extract_datetime,
        staged.queue_entry_progress_hashdiff as version,
        staged.record_id,
        staged.delivery_number
    from {{ ref('stg_patient__queue') }} as staged
    semi join several on staged.queue_entry_hk = several.queue_entry_hk
),

-- What each extract says of them. A delivery that contradicts itself says nothing; if two deliveries contradict each
-- other, the version is withdrawn.
told as (
    select
        queue_entry_hk,
        extract_datetime,
        case when min(version) = max(version) then min(version) else {{ withdrawn() }} end as version,
        min(record_id) as record_id
    from claim
    group by queue_entry_hk, extract_datetime
    having min(version) = max(version) or min(delivery_number) < max(delivery_number)
),

-- Joined apart, so that the next join keeps only these few keys in memory.
latest_of_several as (
    select latest.*
    from latest
    semi join several on latest.queue_entry_hk = several.queue_entry_hk
),

sequenced as (
    select
        told.*,
        coalesce(lag(told.version) over by_time, latest.version) as previous_version,
        lag(told.record_id) over by_time as previous_record
    from told
    left join latest_of_several as latest
        on told.queue_entry_hk = latest.queue_entry_hk
    window by_time as (partition by told.queue_entry_hk order by told.extract_datetime)
),

-- Versions that held for a time: the first delivery of an extract told them, and one that was registered later
-- contradicts it and withdraws them.
contradicted as (
    select
        queue_entry_hk,
        min(record_id) as record_id,
        min(case when version <> first_version then delivery_number end) as withdrawn_by
    from (
        select
            claim.*,
            pending.load_datetime,
            first_value(claim.version) over (
                partition by claim.queue_entry_hk, claim.extract_datetime
                order by claim.record_id
            ) as first_version
        from claim
        inner join {{ ref('pending_delivery') }} as pending on claim.delivery_number = pending.delivery_number
        inner join told
            on
                claim.queue_entry_hk = told.queue_entry_hk
                and claim.extract_datetime = told.extract_datetime
        where told.version = {{ withdrawn() }}
    ) as claims
    group by queue_entry_hk, extract_datetime
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
    from {{ ref('stg_patient__queue') }} as staged
    anti join several on staged.queue_entry_hk = several.queue_entry_hk
    left join latest on staged.queue_entry_hk = latest.queue_entry_hk
    where
        staged.queue_entry_hk not in ({{ ghost_keys() }})
        and staged.queue_entry_progress_hashdiff is distinct from latest.version
    union all
    select staged.*
    from {{ ref('stg_patient__queue') }} as staged
    semi join restated on staged.record_id = restated.record_id
)

select
    staged.queue_entry_hk,
    staged.queue_entry_progress_hashdiff as hashdiff,
    {{ hash_recipe() }} as hash_recipe,
    staged.jonopvm as queued_date,
    staged.tupva as treatment_started_date,
    staged.jonosta_poisto_pvm as queue_removed_date,
    staged.jonosta_poisto_syy as queue_removal_reason_code,
    staged.ea as queue_specialty_code,
    staged.koku as queue_municipality_code,
    pending.extract_datetime,
    pending.load_datetime,
    pending.record_source,
    pending.delivery_id
from news as staged
inner join {{ ref('pending_delivery') }} as pending on staged.delivery_number = pending.delivery_number
{{ not_stated('staged', 'pending', 'queue_entry_hk', 'patient.queue') }}
union all
select
    contradicted.queue_entry_hk,
    {{ withdrawn() }} as hashdiff,
    {{ hash_recipe() }} as hash_recipe,
    cast(null as date) as queued_date,
    cast(null as date) as treatment_started_date,
    cast(null as date) as queue_removed_date,
    cast(null as string) as queue_removal_reason_code,
    cast(null as string) as queue_specialty_code,
    cast(null as string) as queue_municipality_code,
    pending.extract_datetime,
    pending.load_datetime,
    pending.record_source,
    pending.delivery_id
from contradicted
inner join {{ ref('pending_delivery') }} as pending on contradicted.withdrawn_by = pending.delivery_number
{{
    not_stated(
        'contradicted', 'pending', 'queue_entry_hk', 'patient.queue',
        withdrawal='hashdiff'
    )
}}
{% if not is_incremental() %}
union all
{{
    ghost_rows(
        ['queue_entry_hk', 'hashdiff'],
        {
            'queued_date': 'date',
            'treatment_started_date': 'date',
            'queue_removed_date': 'date',
            'queue_removal_reason_code': 'string',
            'queue_specialty_code': 'string',
            'queue_municipality_code': 'string'
        },
        recipe=true
    )
}}
{% endif %}
