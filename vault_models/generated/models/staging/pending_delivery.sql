-- One row per delivery to stage: not in the ledger yet, or later than one of its table that is not. A late delivery
-- changes what later ones mean, so those are read again; events stand alone. A snapshot waits until all its parts are there.
{{ config(materialized='table') }}

with

delivery as (
    select
        registered.*,
        count(*) over (partition by registered.record_source, registered.extract_datetime) as parts_received
    from {{ source('landing', 'delivery') }} as registered
),

complete as (
    select
        delivery.*,
        loaded.delivery_id is not null as is_loaded
    from delivery
    left join {{ loaded_deliveries(source('ledger', 'load_ledger')) }} as loaded
        on delivery.delivery_id = loaded.delivery_id
    where
        delivery.semantics <> 'full'
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
    complete.extract_datetime,
    complete.load_datetime,
    complete.is_loaded,
    row_number() over (order by complete.load_datetime, complete.delivery_id) as delivery_number
from complete
inner join earliest on complete.record_source = earliest.record_source
where
    not complete.is_loaded
    or (complete.semantics <> 'event' and complete.extract_datetime >= earliest.extract_datetime)
