-- One row per fine: as it was told first.
{{ config(materialized='view') }}

with

told as (
    select *
    from {{ standing(ref('nhl_fine__desk_fine'), 'fine_hk', 'hashdiff') }} as versions
    union all
    select *
    from {{ standing(ref('nhl_fine__kiosk_fine'), 'fine_hk', 'hashdiff') }} as versions
    union all
    select *
    from {{ standing(ref('nhl_fine__till_fine'), 'fine_hk', 'hashdiff') }} as versions
    union all
    select *
    from {{ standing(ref('nhl_fine__web_fine'), 'fine_hk', 'hashdiff') }} as versions
),

placed as (
    select
        told.*,
        row_number() over (
            partition by fine_hk
            order by extract_datetime, load_datetime, record_source
        ) as place
    from told
)

select
    fine_hk,
    member_hk,
    fine_number,
    amount,
    extract_datetime,
    load_datetime,
    record_source,
    delivery_id
from placed
where
    place = 1
    and fine_hk not in (
        select fine_hk
        from {{ ref('status_fine__kiosk_fine') }}
        group by fine_hk
        having not ({{ is_there() }})
    )
