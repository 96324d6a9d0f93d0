-- One row per member and change of its presence, as the flag in kiosk.member told it. Insert only.
{{ config(materialized='incremental', incremental_strategy='append', full_refresh=false) }}

with

claim as (
    select
        staged.member_hk,
        staged.delivery_number,
        staged.is_deleted
    from {{ ref('stg_kiosk__member') }} as staged
    where staged.member_hk not in ({{ ghost_keys() }})
),

-- What is known of each extract after each registration. A key that is deleted and told anew in one extract is there.
told as (
    select
        member_hk,
        extract_datetime,
        load_datetime,
        is_deleted,
        max(delivery_number) as delivery_number
    from (
        select
            claim.member_hk,
            pending.extract_datetime,
            pending.load_datetime,
            pending.delivery_number,
            min(claim.is_deleted) over (
                partition by claim.member_hk, pending.extract_datetime
                order by pending.load_datetime
            ) as is_deleted
        from claim
        inner join {{ ref('pending_delivery') }} as pending on claim.delivery_number = pending.delivery_number
    ) as flagged
    group by member_hk, extract_datetime, load_datetime, is_deleted
),

sequenced as (
    select
        told.*,
        lag(told.is_deleted) over by_time as deleted_before,
        lag(told.delivery_number) over by_time as delivery_before,
        latest.is_present as was_present
    from told
    left join {{ latest_presence('kiosk.member', 'member_hk') }} as latest
        on told.member_hk = latest.member_hk
    window by_time as (partition by told.member_hk order by told.extract_datetime, told.load_datetime)
)

select
    sequenced.member_hk,
    '' as partition_value,
    not sequenced.is_deleted as is_present,
    pending.extract_datetime,
    pending.load_datetime,
    pending.record_source,
    pending.delivery_id
from sequenced
inner join {{ ref('pending_delivery') }} as pending on sequenced.delivery_number = pending.delivery_number
{{ not_stated('sequenced', 'pending', 'member_hk', 'kiosk.member') }}
-- What repeats the statement before it is left out, unless that was registered later.
where
    case
        when sequenced.deleted_before is null then coalesce(sequenced.is_deleted = sequenced.was_present, true)
        else
            sequenced.is_deleted <> sequenced.deleted_before
            or sequenced.delivery_before > sequenced.delivery_number
    end
{% if not is_incremental() %}
union all
{{ ghost_rows(['member_hk'], {'partition_value': 'string', 'is_present': 'boolean'}) }}
{% endif %}
