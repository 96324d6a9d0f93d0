-- One row per genre that is known now and not gone: its latest attributes and relations.
{{ config(materialized='view') }}

with

latest_naming as (
    select *
    from
        {{
            latest_told(
                [
                    (ref('rsat_genre_naming__branch_genre'), ref('status_genre__branch_genre')),
                    (ref('rsat_genre_naming__desk_genre'), ref('status_genre__desk_genre')),
                    (ref('rsat_genre_naming__kiosk_genre'), ref('status_genre__kiosk_genre')),
                    (ref('rsat_genre_naming__till_genre'), none),
                    (ref('rsat_genre_naming__web_genre'), none)
                ],
                'genre_hk', 'hashdiff',
                [
                    'genre_name',
                    'starts',
                    'expires'
                ]
            )
        }} as latest
),

-- Gone: what every source that tells of presence says, while no other source tells of the key.
gone as (
    select *
    from
        {{
            gone(
                'genre_hk',
                statuses=[
                    ref('status_genre__branch_genre'),
                    ref('status_genre__desk_genre'),
                    ref('status_genre__kiosk_genre')
                ],
                versions=[
                    ref('rsat_genre_naming__till_genre'),
                    ref('rsat_genre_naming__web_genre')
                ]
            )
        }} as word
),

hub as (
    select *
    from {{ ref('rhub_genre') }}
    where genre_hk not in ({{ ghost_keys() }})
)

select
    hub.genre_hk,
    hub.genre_code,
    latest_naming.genre_name,
    latest_naming.starts,
    latest_naming.expires,
    coalesce(latest_naming.starts, cast('1900-01-01' as date)) as valid_from,
    coalesce(latest_naming.expires, cast('9999-12-31' as date)) as valid_to,
    coalesce(latest_naming.extract_datetime, hub.extract_datetime) as extract_datetime
from hub
left join latest_naming
    on hub.genre_hk = latest_naming.genre_hk
anti join gone on hub.genre_hk = gone.genre_hk
