-- One row per need_assessment and change of its assessment, as patient.avohilmo told it. Insert only.
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
    select need_assessment_hk
    from {{ ref('stg_patient__avohilmo') }}
    where
        need_assessment_hk not in ({{ ghost_keys() }})
),

-- Keys that several staged records name: these are compared with each other too, not only with what is stored.
several as (
    select need_assessment_hk
    from {{ ref('repeated_need_assessment__patient_avohilmo') }}
),

-- The version of each key that stood before the earliest extract that is staged.
latest as (
    select *
    from
        {{
            latest_before(
                'patient.avohilmo', 'need_assessment_hk', 'hashdiff', 'named',
                {
                    'need_assessed_at': 'need_assessed_at:datetime',
                    'need_assessment_profession_code': 'need_assessment_profession_code',
                    'need_assessment_is_first_visit': 'need_assessment_is_first_visit:boolean',
                    'need_assessment_urgency_code': 'need_assessment_urgency_code',
                    'need_assessment_nature_code': 'need_assessment_nature_code',
                    'need_assessment_result_code': 'need_assessment_result_code'
                }
            )
        }} as before
),

-- What each record of the several says.
claim as (
    select
        staged.need_assessment_hk,
        staged.extract_datetime,
        staged.need_assessment_assessment_hashdiff as version,
        staged.record_id,
        staged.delivery_number
    from {{ ref('stg_patient__avohilmo') }} as staged
    semi join several on staged.need_assessment_hk = several.need_assessment_hk
),

-- What each extract says of them. A delivery that contradicts itself says nothing; if two deliveries contradict each
-- other, the version is withdrawn.
told as (
    select
        need_assessment_hk,
        extract_datetime,
        case when min(version) = max(version) then min(version) else {{ withdrawn() }} end as version,
        min(record_id) as record_id
    from claim
    group by need_assessment_hk, extract_datetime
    having min(version) = max(version) or min(delivery_number) < max(delivery_number)
),

-- Joined apart, so that the next join keeps only these few keys in memory.
latest_of_several as (
    select latest.*
    from latest
    semi join several on latest.need_assessment_hk = several.need_assessment_hk
),

sequenced as (
    select
        told.*,
        coalesce(lag(told.version) over by_time, latest.version) as previous_version,
        lag(told.record_id) over by_time as previous_record
    from told
    left join latest_of_several as latest
        on told.need_assessment_hk = latest.need_assessment_hk
    window by_time as (partition by told.need_assessment_hk order by told.extract_datetime)
),

-- Versions that held for a time: the first delivery of an extract told them, and one that was registered later
-- contradicts it and withdraws them.
contradicted as (
    select
        need_assessment_hk,
        min(record_id) as record_id,
        min(case when version <> first_version then delivery_number end) as withdrawn_by
    from (
        select
            claim.*,
            pending.load_datetime,
            first_value(claim.version) over (
                partition by claim.need_assessment_hk, claim.extract_datetime
                order by claim.record_id
            ) as first_version
        from claim
        inner join {{ ref('pending_delivery') }} as pending on claim.delivery_number = pending.delivery_number
        inner join told
            on
                claim.need_assessment_hk = told.need_assessment_hk
                and claim.extract_datetime = told.extract_datetime
        where told.version = {{ withdrawn() }}
    ) as claims
    group by need_assessment_hk, extract_datetime
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
    from {{ ref('stg_patient__avohilmo') }} as staged
    anti join several on staged.need_assessment_hk = several.need_assessment_hk
    left join latest on staged.need_assessment_hk = latest.need_assessment_hk
    where
        staged.need_assessment_hk not in ({{ ghost_keys() }})
        and staged.need_assessment_assessment_hashdiff is distinct from latest.version
    union all
    select staged.*
    from {{ ref('stg_patient__avohilmo') }} as staged
    semi join restated on staged.record_id = restated.record_id
)

select
    staged.need_assessment_hk,
    staged.need_assessment_assessment_hashdiff as hashdiff,
    {{ hash_recipe() }} as hash_recipe,
    staged.hoidontarve_ajankohta as need_assessed_at,
    staged.hta_ammatti as need_assessment_profession_code,
    staged.hta_ensikaynti as need_assessment_is_first_visit,
    staged.hta_kiireellisyys as need_assessment_urgency_code,
    staged.hta_luonne as need_assessment_nature_code,
    staged.hta_tulos as need_assessment_result_code,
    pending.extract_datetime,
    pending.load_datetime,
    pending.record_source,
    pending.delivery_id
from news as staged
inner join {{ ref('pending_delivery') }} as pending on staged.delivery_number = pending.delivery_number
{{ not_stated('staged', 'pending', 'need_assessment_hk', 'patient.avohilmo') }}
union all
select
    contradicted.need_assessment_hk,
    {{ withdrawn() }} as hashdiff,
    {{ hash_recipe() }} as hash_recipe,
    cast(null as timestamp) as need_assessed_at,
    cast(null as string) as need_assessment_profession_code,
    cast(null as boolean) as need_assessment_is_first_visit,
    cast(null as string) as need_assessment_urgency_code,
    cast(null as string) as need_assessment_nature_code,
    cast(null as string) as need_assessment_result_code,
    pending.extract_datetime,
    pending.load_datetime,
    pending.record_source,
    pending.delivery_id
from contradicted
inner join {{ ref('pending_delivery') }} as pending on contradicted.withdrawn_by = pending.delivery_number
{{
    not_stated(
        'contradicted', 'pending', 'need_assessment_hk', 'patient.avohilmo',
        withdrawal='hashdiff'
    )
}}
{% if not is_incremental() %}
union all
{{
    ghost_rows(
        ['need_assessment_hk', 'hashdiff'],
        {
            'need_assessed_at': 'timestamp',
            'need_assessment_profession_code': 'string',
            'need_assessment_is_first_visit': 'boolean',
            'need_assessment_urgency_code': 'string',
            'need_assessment_nature_code': 'string',
            'need_assessment_result_code': 'string'
        },
        recipe=true
    )
}}
{% endif %}
