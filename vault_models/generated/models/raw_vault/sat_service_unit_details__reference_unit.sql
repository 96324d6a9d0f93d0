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

-- What each extract said of each key. A delivery that contradicts itself says nothing.
told as (
    select
        service_unit_hk,
        extract_datetime,
        case
            when min(service_unit_details_hashdiff) = max(service_unit_details_hashdiff)
                then min(service_unit_details_hashdiff)
            else {{ withdrawn() }}
        end as version,
        min(record_id) as record_id
    from {{ ref('stg_reference__unit') }}
    where
        service_unit_hk not in ({{ ghost_keys() }})
    group by service_unit_hk, extract_datetime
    having
        min(service_unit_details_hashdiff) = max(service_unit_details_hashdiff)
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
            latest_before('reference.unit', 'service_unit_hk', 'hashdiff', {
                'unit_name_fi': 'unit_name_fi',
                'unit_name_sv': 'unit_name_sv',
                'unit_municipality_code': 'unit_municipality_code',
                'production_mode_code': 'production_mode_code',
                'unit_area_code': 'unit_area_code'
            })
        }} as latest
        on told.service_unit_hk = latest.service_unit_hk
    window by_time as (partition by told.service_unit_hk order by told.extract_datetime)
),

-- Later deliveries of the same extract that contradict the first: it held until they were registered.
contradicted as (
    select
        service_unit_hk,
        min(record_id) as record_id,
        min(case when version <> first_version then delivery_number end) as withdrawn_by
    from (
        select
            staged.service_unit_hk,
            staged.extract_datetime,
            staged.record_id,
            staged.delivery_number,
            pending.load_datetime,
            staged.service_unit_details_hashdiff as version,
            first_value(staged.service_unit_details_hashdiff) over (
                partition by staged.service_unit_hk, staged.extract_datetime
                order by staged.record_id
            ) as first_version
        from {{ ref('stg_reference__unit') }} as staged
        inner join {{ ref('pending_delivery') }} as pending on staged.delivery_number = pending.delivery_number
        inner join told
            on
                staged.service_unit_hk = told.service_unit_hk
                and staged.extract_datetime = told.extract_datetime
        where
            told.version = {{ withdrawn() }}
    ) as claims
    group by service_unit_hk, extract_datetime
    having min(load_datetime) < min(case when version <> first_version then load_datetime end)
),

-- A repetition of the version before it is no news, unless that one was registered later.
news as (
    select
        service_unit_hk,
        record_id
    from sequenced
    where
        version <> {{ withdrawn() }}
        and (version is distinct from previous_version or previous_record > record_id)
    union all
    select
        service_unit_hk,
        record_id
    from contradicted
)

select
    news.service_unit_hk,
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
from news
inner join {{ ref('stg_reference__unit') }} as staged on news.record_id = staged.record_id
inner join {{ ref('pending_delivery') }} as pending on staged.delivery_number = pending.delivery_number
{{ not_stated('news', 'pending', 'service_unit_hk', 'reference.unit') }}
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
        'contradicted', 'pending', 'service_unit_hk', 'reference.unit', withdrawal='hashdiff'
    )
}}
{% if not is_incremental() %}
union all
{{ ghost_rows(['service_unit_hk', 'hashdiff'], {'unit_name_fi': 'string', 'unit_name_sv': 'string', 'unit_municipality_code': 'string', 'production_mode_code': 'string', 'unit_area_code': 'string'}, recipe=true) }}
{% endif %}
