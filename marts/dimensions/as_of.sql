-- One row per source system: the latest day, in Finland, that its deliveries tell of.
select
    source,
    max({{ finnish_day('extract_datetime') }}) as as_of_date
from {{ source('landing', 'delivery') }}
group by source
