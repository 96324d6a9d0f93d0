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
        record_number,
        extract_datetime,
        load_datetime,
        record_source,
        delivery_id
    from {{ ref('stg_finance__account') }}
    where account_hk not in ({{ ghost_keys() }})
),

-- The same row twice is one assertion; two different rows for one key and time are a conflict and stay out.
asserted as (
    select
        staged.*,
        row_number() over (
            partition by account_hk, extract_datetime
            order by load_datetime, delivery_id, record_number
        ) as copy_number,
        min(hashdiff) over (partition by account_hk, extract_datetime) as lowest,
        max(hashdiff) over (partition by account_hk, extract_datetime) as highest
    from staged
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
    left join {{ latest_before('stg_finance__account', 'account_hk', 'hashdiff') }} as earlier
        on asserted.account_hk = earlier.account_hk
    where
        asserted.copy_number = 1
        and asserted.lowest = asserted.highest
)

select
    account_hk,
    hashdiff,
    account_name_fi,
    account_name_sv,
    account_group_code,
    extract_datetime,
    load_datetime,
    record_source,
    delivery_id
from sequenced
where
    hashdiff is distinct from previous_version
    {{ not_loaded('sequenced', ['account_hk', 'extract_datetime']) }}
{% if not is_incremental() %}
union all
{{ ghost_rows(['account_hk', 'hashdiff'], {'account_name_fi': 'varchar', 'account_name_sv': 'varchar', 'account_group_code': 'varchar'}) }}
{% endif %}
