{#- What became of every staged record of one table in one target. Each count looks at what the target holds now, none is
    the remainder of the others, so that the sum is a proof. A row that tells of no such thing is not counted. -#}

{%- macro counted_rows(target, subject) -%}
select
    staged.delivery_id,
    staged.record_source,
    '{{ target.identifier }}' as target,
    '{{ subject }}' as subject,
    count(*) as staged,
    sum(case when staged.outcome = 'unknown' then 1 else 0 end) as unknown_key,
    sum(case when staged.outcome = 'new' then 1 else 0 end) as new,
    sum(case when staged.outcome = 'unchanged' then 1 else 0 end) as unchanged,
    sum(case when staged.outcome = 'duplicate' then 1 else 0 end) as duplicate,
    sum(case when staged.outcome = 'conflicting' then 1 else 0 end) as conflicting
{%- endmacro -%}

{#- Hubs and links: a key is new in the delivery that the target names, and known in every other. -#}
{%- macro key_counts(staging, target, key, target_key, subject, told_when=none) -%}
{{ counted_rows(target, subject) }}
from (
    select
        told.delivery_id,
        told.record_source,
        case
            when told.key = {{ unknown_key() }} then 'unknown'
            when told.copy_number > 1 then 'duplicate'
            when loaded.delivery_id = told.delivery_id then 'new'
            when loaded.delivery_id is not null then 'unchanged'
        end as outcome
    from (
        select
            delivery_id,
            record_source,
            {{ key }} as key,
            row_number() over (partition by delivery_id, {{ key }} order by record_number) as copy_number
        from {{ staging }}
        where {{ told_when or key }} <> {{ not_applicable_key() }}
    ) as told
    left join {{ target }} as loaded
        on told.key = loaded.{{ target_key }}
) as staged
group by staged.delivery_id, staged.record_source
{%- endmacro -%}

{#- Satellites: the version that the target holds as of the record's time must be the record's own. -#}
{%- macro version_counts(staging, target, key, target_key, subject, version, target_version, child_key={}) -%}
{{ counted_rows(target, subject) }}
from (
    select
        told.delivery_id,
        told.record_source,
        case
            when told.key = {{ unknown_key() }} then 'unknown'
            when told.lowest <> told.highest then 'conflicting'
            when told.copy_number > 1 then 'duplicate'
            when held.extract_datetime = told.extract_datetime then 'new'
            when held.extract_datetime < told.extract_datetime then 'unchanged'
        end as outcome
    from (
        select
            delivery_id,
            record_source,
            extract_datetime,
            {{ key }} as key,
            {{ version }} as version,
            {%- for name, column in child_key.items() %}
            {{ column }} as {{ name }},
            {%- endfor %}
            row_number() over (
                partition by {{ key }}, extract_datetime{% for column in child_key.values() %}, {{ column }}{% endfor %}
                order by load_datetime, delivery_id, record_number
            ) as copy_number,
            min({{ version }}) over (partition by {{ key }}, extract_datetime{% for column in child_key.values() %}, {{ column }}{% endfor %}) as lowest,
            max({{ version }}) over (partition by {{ key }}, extract_datetime{% for column in child_key.values() %}, {{ column }}{% endfor %}) as highest
        from {{ staging }}
        where {{ key }} <> {{ not_applicable_key() }}
    ) as told
    left join (
        select
            versions.*,
            lead(extract_datetime, 1, {{ end_of_time() }}) over (
                partition by {{ target_key }}
                {%- for name in child_key %}, {{ name }}{% endfor %}
                order by extract_datetime
            ) as next_extract_datetime
        from {{ target }} as versions
    ) as held
        on
            told.key = held.{{ target_key }}
            and told.extract_datetime >= held.extract_datetime
            and told.extract_datetime < held.next_extract_datetime
            {%- if child_key %}
            {%- for name in child_key %}
            and told.{{ name }} is not distinct from held.{{ name }}
            {%- endfor %}
            {%- else %}
            and told.version = held.{{ target_version }}
            {%- endif %}
) as staged
group by staged.delivery_id, staged.record_source
{%- endmacro -%}

{#- Transactions: one event, one row, for ever. -#}
{%- macro event_counts(staging, target, key, target_key, subject, version) -%}
{{ counted_rows(target, subject) }}
from (
    select
        told.delivery_id,
        told.record_source,
        case
            when told.key = {{ unknown_key() }} then 'unknown'
            when told.lowest <> told.highest or told.version <> loaded.hashdiff then 'conflicting'
            when loaded.delivery_id = told.delivery_id and told.copy_number = 1 then 'new'
            when told.copy_number > 1 then 'duplicate'
            when loaded.delivery_id is not null then 'unchanged'
            else 'conflicting'
        end as outcome
    from (
        select
            delivery_id,
            record_source,
            {{ key }} as key,
            {{ version }} as version,
            row_number() over (partition by delivery_id, {{ key }} order by record_number) as copy_number,
            min({{ version }}) over (partition by {{ key }}) as lowest,
            max({{ version }}) over (partition by {{ key }}) as highest
        from {{ staging }}
        where {{ key }} <> {{ not_applicable_key() }}
    ) as told
    left join {{ target }} as loaded
        on told.key = loaded.{{ target_key }}
) as staged
group by staged.delivery_id, staged.record_source
{%- endmacro -%}
