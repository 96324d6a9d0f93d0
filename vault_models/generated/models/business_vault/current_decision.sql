-- One row per decision that is known now and not gone: its latest attributes and relations.
{{ config(materialized='view') }}

with

latest_ruling as (
    select *
    from (
        select
            told.*,
            row_number() over (
                partition by decision_hk
                order by extract_datetime desc, load_datetime desc, record_source
            ) as place
        from (
            select
                decision_hk,
                decision_date,
                decision_result_code,
                extract_datetime,
                load_datetime,
                record_source
            from
                {{
                    first_of_run(
                        ref('sat_decision_ruling__social_decision'), 'decision_hk', 'hashdiff'
                    )
                }} as versions
        ) as told
    ) as placed
    where place = 1
),

related_matter as (
    select
        placed.decision_hk,
        relation.matter_hk,
        relation.person_hk,
        relation.service_hk,
        placed.extract_datetime
    from (
        select
            told.*,
            row_number() over (
                partition by decision_hk
                order by extract_datetime desc, load_datetime desc, record_source
            ) as place
        from (
            select
                decision_hk,
                decision_matter_hk,
                extract_datetime,
                load_datetime,
                record_source
            from
                {{
                    first_of_run(
                        ref('effsat_decision_matter__social_decision'), 'decision_hk', 'decision_matter_hk'
                    )
                }} as versions
        ) as told
    ) as placed
    inner join {{ ref('lnk_decision_matter') }} as relation
        on placed.decision_matter_hk = relation.decision_matter_hk
    where placed.place = 1
),

hub as (
    select *
    from {{ ref('hub_decision') }}
    where decision_hk not in ({{ ghost_keys() }})
)

select
    hub.decision_hk,
    hub.decision_id,
    latest_ruling.decision_date,
    latest_ruling.decision_result_code,
    related_matter.matter_hk,
    related_matter.person_hk,
    related_matter.service_hk,
    greatest(
        latest_ruling.extract_datetime,
        related_matter.extract_datetime
    ) as extract_datetime
from hub
left join latest_ruling
    on hub.decision_hk = latest_ruling.decision_hk
left join related_matter
    on hub.decision_hk = related_matter.decision_hk
