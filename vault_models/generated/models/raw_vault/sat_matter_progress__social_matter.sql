-- One row per matter and change of its progress, as social.matter told it. Insert only.
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
        matter_hk,
        matter_progress_hashdiff as hashdiff,
        palvelutehtava as social_task_code,
        asiakasryhma as client_group_code,
        yhteydenotto_pvm as matter_contact_date,
        vireilletulo_pvm as pending_date,
        koku as matter_municipality_code,
        record_id,
        delivery_number,
        extract_datetime
    from {{ ref('stg_social__matter') }}
    where matter_hk not in ({{ ghost_keys() }})
),

-- The same row twice is one assertion; two different rows for one key and time are a conflict and stay out.
asserted as (
    select
        matter_hk,
        extract_datetime,
        min(hashdiff) as hashdiff,
        min(record_id) as record_id
    from staged
    group by matter_hk, extract_datetime
    having min(hashdiff) = max(hashdiff)
),

sequenced as (
    select
        asserted.*,
        coalesce(
            lag(asserted.hashdiff) over (
                partition by asserted.matter_hk
                order by asserted.extract_datetime
            ),
            earlier.hashdiff
        ) as previous_version
    from asserted
    left join
        {{
            latest_before(
                'social.matter', 'matter_hk', 'hashdiff'
            )
        }} as earlier
        on asserted.matter_hk = earlier.matter_hk
)

select
    staged.matter_hk,
    staged.hashdiff,
    staged.social_task_code,
    staged.client_group_code,
    staged.matter_contact_date,
    staged.pending_date,
    staged.matter_municipality_code,
    pending.extract_datetime,
    pending.load_datetime,
    pending.record_source,
    pending.delivery_id
from staged
inner join {{ ref('pending_delivery') }} as pending on staged.delivery_number = pending.delivery_number
inner join sequenced on staged.record_id = sequenced.record_id
where
    sequenced.hashdiff is distinct from sequenced.previous_version
    {{ not_loaded('sequenced', ['matter_hk', 'extract_datetime']) }}
{% if not is_incremental() %}
union all
{{ ghost_rows(['matter_hk', 'hashdiff'], {'social_task_code': 'varchar', 'client_group_code': 'varchar', 'matter_contact_date': 'date', 'pending_date': 'date', 'matter_municipality_code': 'varchar'}) }}
{% endif %}
