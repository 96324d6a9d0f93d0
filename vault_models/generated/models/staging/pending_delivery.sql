-- One row per delivery to stage: not in the ledger yet, or not earlier than one of its table that is not: a late
-- delivery changes what later ones mean, so those are read again. A snapshot waits until all its parts are there, and
-- is registered with the last of them; a part that comes again makes up for no other, and is registered when it comes.
{{ config(materialized='table') }}

with

-- Each registered delivery, with how many parts of its snapshot have come and when the last of them did.
delivery as (
    select
        told.*,
        sum(is_first) over same_snapshot as parts_received,
        max(case when is_first = 1 then load_datetime end) over same_snapshot as completed_datetime
    from (
        select
            registered.*,
            case
                when
                    row_number() over (
                        partition by
                            registered.record_source,
                            registered.partition_value,
                            registered.extract_datetime,
                            registered.part
                        order by registered.load_datetime, registered.delivery_id
                    ) = 1
                    then 1
                else 0
            end as is_first
        from {{ source('landing', 'delivery') }} as registered
    ) as told
    window same_snapshot as (partition by record_source, partition_value, extract_datetime)
),

-- Deliveries that may be loaded, and when each was known whole.
complete as (
    select
        delivery.*,
        case
            when delivery.semantics in ('full', 'partition')
                then greatest(delivery.load_datetime, delivery.completed_datetime)
            else delivery.load_datetime
        end as known_datetime,
        loaded.delivery_id is not null as is_loaded
    from delivery
    left join {{ loaded_deliveries(source('ledger', 'load_ledger')) }} as loaded
        on delivery.delivery_id = loaded.delivery_id
    where
        delivery.semantics not in ('full', 'partition')
        or delivery.parts_received >= delivery.parts
),

earliest as (
    select
        record_source,
        min(extract_datetime) as extract_datetime
    from complete
    where not is_loaded
    group by record_source
)

select
    complete.delivery_id,
    complete.record_source,
    complete.semantics,
    complete.partition_value,
    complete.extract_datetime,
    complete.known_datetime as load_datetime,
    complete.is_loaded,
    row_number() over (order by complete.known_datetime, complete.delivery_id) as delivery_number
from complete
inner join earliest on complete.record_source = earliest.record_source
where complete.extract_datetime >= earliest.extract_datetime
