{#- What became of every staged record of one table in one target. Each count looks at what the target holds now, none is
    the remainder of the others, so that the sum is a proof. A row that tells of no such thing is not counted. -#}

{%- macro counted_rows(target, subject) -%}
select
    pending.delivery_id,
    pending.record_source,
    '{{ target.identifier }}' as target,
    '{{ subject }}' as subject,
    cast(sum(judged.records) as bigint) as staged,
    cast(sum(case when judged.outcome = 'unknown' then judged.records else 0 end) as bigint) as unknown_key,
    cast(sum(case when judged.outcome = 'new' then 1 else 0 end) as bigint) as new,
    cast(sum(case when judged.outcome = 'unchanged' then 1 else 0 end) as bigint) as unchanged,
    cast(sum(case
        when judged.outcome in ('new', 'unchanged') then judged.records - 1
        when judged.outcome = 'duplicate' then judged.records
        else 0
    end) as bigint) as duplicate,
    cast(sum(case when judged.outcome = 'conflicting' then judged.records else 0 end) as bigint) as conflicting
{%- endmacro -%}

{#- Hubs and links: a key is new in the delivery that the target names, and known in every other. -#}
{%- macro key_counts(staging, target, key, target_key, subject, told_when=none) -%}
{{ counted_rows(target, subject) }}
from (
    select
        told.delivery_number,
        told.records,
        case
            when told.is_unknown = 1 then 'unknown'
            when loaded.delivery_id = pending.delivery_id then 'new'
            when loaded.delivery_id is not null then 'unchanged'
        end as outcome
    from (
        select
            delivery_number,
            {{ key }} as key,
            max(case when {{ told_when or key }} = {{ unknown_key() }} then 1 else 0 end) as is_unknown,
            count(*) as records
        from {{ staging }}
        where {{ told_when or key }} <> {{ not_applicable_key() }}
        group by delivery_number, {{ key }}
    ) as told
    inner join {{ ref('pending_delivery') }} as pending
        on told.delivery_number = pending.delivery_number
    left join {{ target }} as loaded
        on told.key = loaded.{{ target_key }}
) as judged
inner join {{ ref('pending_delivery') }} as pending on judged.delivery_number = pending.delivery_number
group by pending.delivery_id, pending.record_source
{%- endmacro -%}

{#- Satellites: the version that the target holds as of the record's time must be the record's own. -#}
{%- macro version_counts(staging, target, key, target_key, subject, version, target_version, child_key={}) -%}
{%- set child = child_key.keys() | list -%}
{%- set same_time = ['key'] + child + ['extract_datetime'] -%}
{{ counted_rows(target, subject) }}
from (
    select
        told.delivery_number,
        told.records,
        case
            when told.key = {{ unknown_key() }} then 'unknown'
            when asserted.lowest <> asserted.highest then 'conflicting'
            {%- if child %}
            when contested.key is not null then 'conflicting'
            {%- endif %}
            when asserted.delivery_number <> told.delivery_number then 'duplicate'
            when held.extract_datetime = told.extract_datetime then 'new'
            when held.extract_datetime < told.extract_datetime then 'unchanged'
        end as outcome
    from ({{ told_versions(staging, key, version, child_key) }}) as told
    inner join (
        select
            {{ same_time | join(', ') }},
            min(lowest) as lowest,
            max(highest) as highest,
            min(delivery_number) as delivery_number
        from ({{ told_versions(staging, key, version, child_key) }}) as told
        group by {{ same_time | join(', ') }}
    ) as asserted
        on
            {%- for name in same_time %}
            {% if not loop.first %}and {% endif %}told.{{ name }} is not distinct from asserted.{{ name }}
            {%- endfor %}
    {%- if child %}
    left join (
        select distinct
            key,
            extract_datetime
        from ({{ told_versions(staging, key, version, child_key) }}) as told
        group by {{ same_time | join(', ') }}
        having min(lowest) <> max(highest)
    ) as contested
        on
            told.key = contested.key
            and told.extract_datetime = contested.extract_datetime
    {%- endif %}
    left join (
        select
            versions.*,
            lead(extract_datetime, 1, {{ end_of_time() }}) over (
                partition by {{ ([target_key] + child) | join(', ') }}
                order by extract_datetime
            ) as next_extract_datetime
        from {{ target }} as versions
    ) as held
        on
            told.key = held.{{ target_key }}
            and told.extract_datetime >= held.extract_datetime
            and told.extract_datetime < held.next_extract_datetime
            {%- for name in child %}
            and told.{{ name }} is not distinct from held.{{ name }}
            {%- endfor %}
            {%- if not child %}
            and told.lowest = held.{{ target_version }}
            {%- endif %}
) as judged
inner join {{ ref('pending_delivery') }} as pending on judged.delivery_number = pending.delivery_number
group by pending.delivery_id, pending.record_source
{%- endmacro -%}

{%- macro told_versions(staging, key, version, child_key) -%}
        select
            delivery_number,
            {{ key }} as key,
            {%- for name, column in child_key.items() %}
            {{ column }} as {{ name }},
            {%- endfor %}
            extract_datetime,
            count(*) as records,
            min({{ version }}) as lowest,
            max({{ version }}) as highest
        from {{ staging }}
        where {{ key }} <> {{ not_applicable_key() }}
        group by delivery_number, {{ key }}, extract_datetime{% for column in child_key.values() %}, {{ column }}{% endfor %}
{%- endmacro -%}

{#- Transactions: one event, one row, for ever. -#}
{%- macro event_counts(staging, target, key, target_key, subject, version) -%}
{{ counted_rows(target, subject) }}
from (
    select
        told.delivery_number,
        told.records,
        case
            when told.key = {{ unknown_key() }} then 'unknown'
            when loaded.delivery_id is null then 'conflicting'
            when told.lowest <> told.highest or told.lowest <> loaded.hashdiff then 'conflicting'
            when loaded.delivery_id = pending.delivery_id then 'new'
            else 'unchanged'
        end as outcome
    from ({{ told_versions(staging, key, version, {}) }}) as told
    inner join {{ ref('pending_delivery') }} as pending
        on told.delivery_number = pending.delivery_number
    left join {{ target }} as loaded
        on told.key = loaded.{{ target_key }}
) as judged
inner join {{ ref('pending_delivery') }} as pending on judged.delivery_number = pending.delivery_number
group by pending.delivery_id, pending.record_source
{%- endmacro -%}
