-- One row per service_unit and change of its details, as reference.unit told it. Insert only.
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
    select service_unit_hk
    from {{ ref('stg_reference__unit') }}
    where
        service_unit_hk not in ({{ ghost_keys() }})
),

-- Keys that several staged records name: these are compared with each other too, not only with what is stored.
several as (
    select service_unit_hk
    from {{ ref('repeated_service_unit__reference_unit') }}
),

-- The version of each key that stood before the earliest extract that is staged.
latest as (
    select *
    from
        {{
            latest_before(
                'reference.unit', 'service_unit_hk', 'hashdiff', 'named',
                {
                    'unit_name_fi': 'unit_name_fi',
                    'unit_name_sv': 'unit_name_sv',
                    'unit_municipality_code': 'unit_municipality_code',
                    'production_mode_code': 'production_mode_code',
                    'unit_area_code': 'unit_area_code'
                }
            )
        }} as before
),

-- What each record of the several says.
claim as (
    select
        staged.service_unit_hk,
        staged.extract_datetime,
        staged.service_unit_details_hashdiff as version,
        staged.record_id,
        staged.delivery_number
    from {{ ref('stg_reference__unit') }} as staged
    semi join several on staged.service_unit_hk = several.service_unit_hk
),

-- What each extract says of them. A delivery that contradicts itself says nothing; if two deliveries contradict each
-- other, the version is withdrawn.
told as (
    select
        service_unit_hk,
        extract_datetime,
        case when min(version) = max(version) then min(version) else {{ withdrawn() }} end as version,
        min(record_id) as record_id
    from claim
    group by service_unit_hk, extract_datetime
    having min(version) = max(version) or min(delivery_number) < max(delivery_number)
),

-- Joined apart, so that the next join keeps only these few keys in memory.
latest_of_several as (
    select latest.*
    from latest
    semi join several on latest.service_unit_hk = several.service_unit_hk
),

sequenced as (
    select
        told.*,
        coalesce(lag(told.version) over by_time, latest.version) as previous_version,
        lag(told.record_id) over by_time as previous_record
    from told
    left join latest_of_several as latest
        on told.service_unit_hk = latest.service_unit_hk
    window by_time as (partition by told.service_unit_hk order by told.extract_datetime)
),

-- Versions that held for a time: the first delivery of an extract told them, and one that was registered later
-- contradicts it and withdraws them.
contradicted as (
    select
        service_unit_hk,
        min(record_id) as record_id,
        min(case when version <> first_version then delivery_number end) as withdrawn_by
    from (
        select
            claim.*,
            pending.load_datetime,
            first_value(claim.version) over (
                partition by claim.service_unit_hk, claim.extract_datetime
                order by claim.record_id
            ) as first_version
        from claim
        inner join {{ ref('pending_delivery') }} as pending on claim.delivery_number = pending.delivery_number
        inner join told
            on
                claim.service_unit_hk = told.service_unit_hk
                and claim.extract_datetime = told.extract_datetime
        where told.version = {{ withdrawn() }}
    ) as claims
    group by service_unit_hk, extract_datetime
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
    from {{ ref('stg_reference__unit') }} as staged
    anti join several on staged.service_unit_hk = several.service_unit_hk
    left join latest on staged.service_unit_hk = latest.service_unit_hk
    where
        staged.service_unit_hk not in ({{ ghost_keys() }})
        and staged.service_unit_details_hashdiff is distinct from latest.version
    union all
    select staged.*
    from {{ ref('stg_reference__unit') }} as staged
    semi join restated on staged.record_id = restated.record_id
)

select
    staged.service_unit_hk,
    staged.service_unit_details_hashdiff as hashdiff,
    {{ hash_recipe() }} as hash_recipe,
    staged.nimi as unit_name_fi,
    staged.namn as unit_name_sv,
    staged.kunta as unit_municipality_code,
    staged.tuotantotapa as production_mode_code,
    staged.palveluala as unit_area_code,
    pending.extract_datetime,
    pending.load_datetime,
    pending.record_source,
    pending.delivery_id
from news as staged
inner join {{ ref('pending_delivery') }} as pending on staged.delivery_number = pending.delivery_number
{{ not_stated('staged', 'pending', 'service_unit_hk', 'reference.unit') }}
union all
select
    contradicted.service_unit_hk,
    {{ withdrawn() }} as hashdiff,
    {{ hash_recipe() }} as hash_recipe,
    cast(null as string) as unit_name_fi,
    cast(null as string) as unit_name_sv,
    cast(null as string) as unit_municipality_code,
    cast(null as string) as production_mode_code,
    cast(null as string) as unit_area_code,
    pending.extract_datetime,
    pending.load_datetime,
    pending.record_source,
    pending.delivery_id
from contradicted
inner join {{ ref('pending_delivery') }} as pending on contradicted.withdrawn_by = pending.delivery_number
{{
    not_stated(
        'contradicted', 'pending', 'service_unit_hk', 'reference.unit',
        withdrawal='hashdiff'
    )
}}
{% if not is_incremental() %}
union all
{{
    ghost_rows(
        ['service_unit_hk', 'hashdiff'],
        {
            'unit_name_fi': 'string',
            'unit_name_sv': 'string',
            'unit_municipality_code': 'string',
            'production_mode_code': 'string',
            'unit_area_code': 'string'
        },
        recipe=true
    )
}}
{% endif %}
