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

staged as (
    select
        code_hk,
        code_naming_hashdiff as hashdiff,
        oid as code_set_oid,
        code_id as code,
        beginning_date as code_valid_from,
        expiring_date as code_valid_to,
        long_name as code_name_fi,
        long_name_sv as code_name_sv,
        record_id,
        delivery_number,
        extract_datetime
    from {{ ref('stg_reference__code') }}
    where code_hk not in ({{ ghost_keys() }})
),

-- The same row twice is one assertion; two different rows for one key and time are a conflict and stay out.
asserted as (
    select
        code_hk,
        extract_datetime,
        min(hashdiff) as hashdiff,
        min(record_id) as record_id
    from staged
    group by code_hk, extract_datetime
    having min(hashdiff) = max(hashdiff)
),

sequenced as (
    select
        asserted.*,
        coalesce(
            lag(asserted.hashdiff) over (
                partition by asserted.code_hk
                order by asserted.extract_datetime
            ),
            earlier.hashdiff
        ) as previous_version
    from asserted
    left join
        {{
            latest_before(
                'reference.code', 'code_hk', 'hashdiff'
            )
        }} as earlier
        on asserted.code_hk = earlier.code_hk
)

select
    staged.code_hk,
    staged.hashdiff,
    staged.code_set_oid,
    staged.code,
    staged.code_valid_from,
    staged.code_valid_to,
    staged.code_name_fi,
    staged.code_name_sv,
    pending.extract_datetime,
    pending.load_datetime,
    pending.record_source,
    pending.delivery_id
from staged
inner join {{ ref('pending_delivery') }} as pending on staged.delivery_number = pending.delivery_number
inner join sequenced on staged.record_id = sequenced.record_id
where
    sequenced.hashdiff is distinct from sequenced.previous_version
    {{ not_loaded('sequenced', ['code_hk', 'extract_datetime']) }}
{% if not is_incremental() %}
union all
{{ ghost_rows(['code_hk', 'hashdiff'], {'code_set_oid': 'varchar', 'code': 'varchar', 'code_valid_from': 'date', 'code_valid_to': 'date', 'code_name_fi': 'varchar', 'code_name_sv': 'varchar'}) }}
{% endif %}
