-- One row per book that is known now and not gone: its latest attributes and relations.
{{ config(materialized='view') }}

with

latest_keeping as (
    select *
    from
        {{
            latest_told(
                [
                    (ref('sat_book_keeping__branch_book'), ref('status_book__branch_book')),
                    (ref('sat_book_keeping__desk_book'), ref('status_book__desk_book')),
                    (ref('sat_book_keeping__kiosk_book'), ref('status_book__kiosk_book')),
                    (ref('sat_book_keeping__till_book'), none),
                    (ref('sat_book_keeping__web_book'), none)
                ],
                'book_hk', 'hashdiff',
                ['condition']
            )
        }} as latest
),

related_keeping as (
    select
        placed.book_hk,
        relation.keeper_hk,
        placed.extract_datetime
    from
        {{
            latest_told(
                [
                    (ref('effsat_book_keeping__branch_book'), ref('status_book__branch_book')),
                    (ref('effsat_book_keeping__desk_book'), ref('status_book__desk_book')),
                    (ref('effsat_book_keeping__kiosk_book'), ref('status_book__kiosk_book')),
                    (ref('effsat_book_keeping__till_book'), none),
                    (ref('effsat_book_keeping__web_book'), none)
                ],
                'book_hk', 'book_keeping_hk', ['book_keeping_hk']
            )
        }} as placed
    inner join {{ ref('lnk_book_keeping') }} as relation
        on placed.book_keeping_hk = relation.book_keeping_hk
),

related_part_of as (
    select
        placed.book_hk,
        relation.whole_hk,
        placed.extract_datetime
    from
        {{
            latest_told(
                [
                    (ref('effsat_book_part_of__branch_book'), ref('status_book__branch_book')),
                    (ref('effsat_book_part_of__desk_book'), ref('status_book__desk_book')),
                    (ref('effsat_book_part_of__kiosk_book'), ref('status_book__kiosk_book')),
                    (ref('effsat_book_part_of__till_book'), none),
                    (ref('effsat_book_part_of__web_book'), none)
                ],
                'book_hk', 'book_part_of_hk', ['book_part_of_hk']
            )
        }} as placed
    inner join {{ ref('lnk_book_part_of') }} as relation
        on placed.book_part_of_hk = relation.book_part_of_hk
),

-- Gone: what every source that tells of presence says, while no other source tells of the key.
gone as (
    select *
    from
        {{
            gone(
                'book_hk',
                statuses=[
                    ref('status_book__branch_book'),
                    ref('status_book__desk_book'),
                    ref('status_book__kiosk_book')
                ],
                versions=[
                    ref('sat_book_keeping__till_book'),
                    ref('sat_book_keeping__web_book')
                ],
                relations=[
                    ref('effsat_book_keeping__till_book'),
                    ref('effsat_book_part_of__till_book'),
                    ref('effsat_book_keeping__web_book'),
                    ref('effsat_book_part_of__web_book')
                ]
            )
        }} as word
),

hub as (
    select *
    from {{ ref('hub_book') }}
    where book_hk not in ({{ ghost_keys() }})
)

select
    hub.book_hk,
    hub.shelf,
    hub.slot,
    latest_keeping.condition,
    related_keeping.keeper_hk,
    related_part_of.whole_hk,
    coalesce(
        greatest(
            latest_keeping.extract_datetime,
            related_keeping.extract_datetime,
            related_part_of.extract_datetime
        ),
        hub.extract_datetime
    ) as extract_datetime
from hub
left join latest_keeping
    on hub.book_hk = latest_keeping.book_hk
left join related_keeping
    on hub.book_hk = related_keeping.book_hk
left join related_part_of
    on hub.book_hk = related_part_of.book_hk
anti join gone on hub.book_hk = gone.book_hk
