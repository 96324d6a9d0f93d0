-- One row per fine: as it was told first.
{{ config(materialized='view') }}

with

told as (
    select *
    from
        {{
            standing(
                ref('nhl_fine__desk_fine'), 'fine_hk', 'hashdiff'
            )
        }} as versions
    union all
    select *
    from
        {{
            standing(
                ref('nhl_fine__kiosk_fine'), 'fine_hk', 'hashdiff'
            )
        }} as versions
    union all
    select *
    from
        {{
            standing(
                ref('nhl_fine__till_fine'), 'fine_hk', 'hashdiff'
            )
        }} as versions
    union all
    select *
    from
        {{
            standing(
                ref('nhl_fine__web_fine'), 'fine_hk', 'hashdiff'
            )
        }} as versions
),

-- Gone: what every source that tells of deletions says.
gone as (
    select *
    from
        {{
            gone('fine_hk', [ref('status_fine__kiosk_fine')])
        }} as word
),

placed as (
    select
        told.*,
        row_number() over (
            partition by told.fine_hk
            order by told.extract_datetime, told.load_datetime, told.record_source
        ) as place
    from told
    anti join gone on told.fine_hk = gone.fine_hk
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
where place = 1
