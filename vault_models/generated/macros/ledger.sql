{#- What became of every staged record of one table in one target. What is new is counted in the target, what else it
    holds is looked up there, so that a record that it lacks leaves the sum short. A row that tells of no such thing is
    not counted. -#}

{%- macro counted_rows(target, subject) -%}
select
    pending.delivery_id,
    pending.record_source,
    '{{ target.identifier }}' as target,
    '{{ subject }}' as subject,
    cast(told.staged as bigint) as staged,
    cast(told.unknown_key as bigint) as unknown_key,
    cast(coalesce(loaded.new, 0) as bigint) as new,
    cast(told.held - coalesce(loaded.new, 0) as bigint) as unchanged,
    cast(told.duplicate as bigint) as duplicate,
    cast(told.conflicting as bigint) as conflicting
{%- endmacro -%}

{#- Rows of the target by the delivery that is counted. -#}
{%- macro new_rows(target) -%}
    (
        select
            delivery_id,
            count(*) as new
        from {{ target }}
        where delivery_id in (select delivery_id from {{ ref('pending_delivery') }} where not is_loaded)
        group by delivery_id
    )
{%- endmacro -%}

{#- The same of versions that stand: as the delivery itself told them, not as part of a set that another completed. -#}
{%- macro new_versions(target, key, version) -%}
    (
        select
            stated.delivery_id,
            count(*) as new
        from {{ target }} as stated
        inner join {{ ref('pending_delivery') }} as pending
            on
                stated.delivery_id = pending.delivery_id
                and stated.load_datetime = pending.load_datetime
                and not pending.is_loaded
        where {{ stands('stated', target, key, version) }}
        group by stated.delivery_id
    )
{%- endmacro -%}

{#- Hubs and links. `same` says how the rest of a row, the business key, must agree: another business key under the same
    hash key is a collision, which no sum would balance. -#}
{%- macro key_counts(staging, target, key, target_key, subject, owner_key=none, flag=none, same={}) -%}
{{ counted_rows(target, subject) }}
from (
    select
        staged.delivery_number,
        count(*) as staged,
        sum(case when staged.{{ owner_key or key }} = {{ unknown_key() }} then 1 else 0 end) as unknown_key,
        count(distinct held.{{ target_key }}) as held,
        count(held.{{ target_key }}) - count(distinct held.{{ target_key }}) as duplicate,
        0 as conflicting
    from {{ staging }} as staged
    inner join {{ ref('pending_delivery') }} as waiting
        on staged.delivery_number = waiting.delivery_number and not waiting.is_loaded
    left join (select * from {{ target }} where record_source <> 'ghost') as held
        on
            staged.{{ key }} = held.{{ target_key }}
            {%- for column, origin in same.items() %}
            and {{ origin }} is not distinct from held.{{ column }}
            {%- endfor %}
    where staged.{{ owner_key or key }} <> {{ not_applicable_key() }}{% if flag %} and not staged.{{ flag }}{% endif %}

    group by staged.delivery_number
) as told
inner join {{ ref('pending_delivery') }} as pending on told.delivery_number = pending.delivery_number
left join {{ new_rows(target) }} as loaded on pending.delivery_id = loaded.delivery_id
{%- endmacro -%}

{#- Satellites: the target holds each version as of the record's time or from before. The first that tells it is new or
    unchanged, the others are duplicates; what contradicts another record of its key and time is conflicting. -#}
{%- macro version_counts(
    staging, target, key, target_key, subject, version, target_version, owner_key=none, flag=none, child_key={}
) -%}
{%- set child = child_key.keys() | list -%}
{%- set whole = (['key'] + child + ['extract_datetime']) | join(', ') -%}
{{ counted_rows(target, subject) }}
from (
    select
        judged.delivery_number,
        sum(judged.records) as staged,
        sum(case when judged.outcome = 'unknown' then judged.records else 0 end) as unknown_key,
        sum(case when judged.outcome = 'held' then 1 else 0 end) as held,
        sum(case
            when judged.outcome = 'held' then judged.records - 1
            when judged.outcome = 'duplicate' then judged.records
            else 0
        end) as duplicate,
        sum(case when judged.outcome = 'conflicting' then judged.records else 0 end) as conflicting
    from (
        select
            told.delivery_number,
            told.records,
            case
                when told.{{ 'owner_key' if owner_key else 'key' }} = {{ unknown_key() }} then 'unknown'
                when told.is_contested = 1 then 'conflicting'
                when told.first_delivery < told.delivery_number then 'duplicate'
                when held.first_held <= told.extract_datetime then 'held'
            end as outcome
        from (
            select
                versions.*,
                {%- if child %}
                max(case when highest_ever <> lowest_ever then 1 else 0 end) over (
                    partition by key, extract_datetime
                ) as is_contested
                {%- else %}
                case when highest_ever <> lowest_ever then 1 else 0 end as is_contested
                {%- endif %}
            from (
                select
                    claims.*,
                    min(version) over same_time as lowest_ever,
                    max(highest) over same_time as highest_ever,
                    min(delivery_number) over same_time as first_delivery
                from (
                    select
                        delivery_number,
                        {{ key }} as key,
                        {%- for name, column in child_key.items() %}
                        {{ column }} as {{ name }},
                        {%- endfor %}
                        extract_datetime,
                        {%- if owner_key %}
                        max({{ owner_key }}) as owner_key,
                        {%- endif %}
                        count(*) as records,
                        min({{ version }}) as version,
                        max({{ version }}) as highest
                    from {{ staging }}
                    where {{ owner_key or key }} <> {{ not_applicable_key() }}{% if flag %} and not {{ flag }}{% endif %}

                    group by delivery_number, {{ key }}, extract_datetime{% for column in child_key.values() %}, {{ column }}{% endfor %}

                ) as claims
                window same_time as (partition by {{ whole }})
            ) as versions
        ) as told
        inner join {{ ref('pending_delivery') }} as waiting
            on told.delivery_number = waiting.delivery_number and not waiting.is_loaded
        left join (
            select
                stored.{{ target_key }},
                stored.{{ target_version }},
                {%- for name in child %}
                stored.{{ name }},
                {%- endfor %}
                min(stored.extract_datetime) as first_held
            from {{ target }} as stored
            where exists (select 1 from {{ staging }} as staged where staged.{{ key }} = stored.{{ target_key }})
            group by stored.{{ target_key }}, stored.{{ target_version }}{% for name in child %}, stored.{{ name }}{% endfor %}

        ) as held
            on
                told.key = held.{{ target_key }}
                and told.version = held.{{ target_version }}
                {%- for name in child %}
                and told.{{ name }} is not distinct from held.{{ name }}
                {%- endfor %}
    ) as judged
    group by judged.delivery_number
) as told
inner join {{ ref('pending_delivery') }} as pending on told.delivery_number = pending.delivery_number
left join {{ new_versions(target, target_key, target_version) }} as loaded on pending.delivery_id = loaded.delivery_id
{%- endmacro -%}
