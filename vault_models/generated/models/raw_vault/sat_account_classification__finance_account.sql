-- One row per account and change of its classification, as finance.account told it. Insert only.
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
        account_hk,
        account_classification_hashdiff as hashdiff,
        nimi as account_name_fi,
        namn as account_name_sv,
        tiliryhma as account_group_code,
        record_id,
        delivery_number,
        extract_datetime
    from {{ ref('stg_finance__account') }}
    where account_hk not in ({{ ghost_keys() }})
),

-- The same row twice is one assertion; two different rows for one key and time are a conflict and stay out.
asserted as (
    select
        account_hk,
        extract_datetime,
        min(hashdiff) as hashdiff,
        min(record_id) as record_id
    from staged
    group by account_hk, extract_datetime
    having min(hashdiff) = max(hashdiff)
),

sequenced as (
    select
        asserted.*,
        coalesce(
            lag(asserted.hashdiff) over (
                partition by asserted.account_hk
                order by asserted.extract_datetime
            ),
            earlier.hashdiff
        ) as previous_version
    from asserted
    left join
        {{
            latest_before(
                'finance.account', 'account_hk', 'hashdiff'
            )
        }} as earlier
        on asserted.account_hk = earlier.account_hk
)

select
    staged.account_hk,
    staged.hashdiff,
    staged.account_name_fi,
    staged.account_name_sv,
    staged.account_group_code,
    pending.extract_datetime,
    pending.load_datetime,
    pending.record_source,
    pending.delivery_id
from staged
inner join {{ ref('pending_delivery') }} as pending on staged.delivery_number = pending.delivery_number
inner join sequenced on staged.record_id = sequenced.record_id
where
    sequenced.hashdiff is distinct from sequenced.previous_version
    {{ not_loaded('sequenced', ['account_hk', 'extract_datetime']) }}
{% if not is_incremental() %}
union all
{{ ghost_rows(['account_hk', 'hashdiff'], {'account_name_fi': 'varchar', 'account_name_sv': 'varchar', 'account_group_code': 'varchar'}) }}
{% endif %}
