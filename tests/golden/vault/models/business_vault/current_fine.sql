-- One row per fine: as it was told first.
{{ config(materialized='view') }}

with

-- A table that deletes it tells no more of it.
told as (
    select
        versions.*,
        1 as _telling_table
    from
        {{
            standing(
                ref('nhl_fine__desk_fine'), 'fine_hk', 'hashdiff'
            )
        }} as versions
    union all
    select
        versions.*,
        2 as _telling_table
    from
        {{
            standing(
                ref('nhl_fine__kiosk_fine'), 'fine_hk', 'hashdiff'
            )
        }} as versions
    anti join {{ gone('fine_hk', [ref('status_fine__kiosk_fine')]) }} as gone
        on versions.fine_hk = gone.fine_hk
    union all
    select
        versions.*,
        3 as _telling_table
    from
        {{
            standing(
                ref('nhl_fine__till_fine'), 'fine_hk', 'hashdiff'
            )
        }} as versions
    union all
    select
        versions.*,
        4 as _telling_table
    from
        {{
            standing(
                ref('nhl_fine__web_fine'), 'fine_hk', 'hashdiff'
            )
        }} as versions
),

placed as (
    select
        told.*,
        row_number() over (
            partition by told.fine_hk
            order by told.extract_datetime, told.load_datetime, told.record_source, told._telling_table
        ) as _place
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
where _place = 1
