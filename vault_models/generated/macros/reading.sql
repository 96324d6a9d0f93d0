{#- How tables of history are read: what was taken back and what only repeats is left out. -#}

{#- A version that a later delivery of the same extract contradicted. -#}
{%- macro withdrawn() -%} {{ not_applicable_key() }} {%- endmacro -%}

{#- Leaves out the versions that another delivery of the same extract contradicted; `when_told`: only those that were
    contradicted by the time when they were registered. -#}
{%- macro not_taken_back(stored, relation, key, version, when_told=false) -%}
    anti join (
                select
                    {{ key }},
                    {%- if when_told %}
                    load_datetime,
                    {%- endif %}
                    extract_datetime
                from {{ relation }}
                where {{ version }} = {{ withdrawn() }}
            ) as taken_back
                on
                    {{ stored }}.{{ key }} = taken_back.{{ key }}
                    and {{ stored }}.extract_datetime = taken_back.extract_datetime
                    {%- if when_told %}
                    and {{ stored }}.load_datetime >= taken_back.load_datetime
                    {%- endif %}
{%- endmacro -%}

{#- The versions that still stand, ghosts left out. -#}
{%- macro standing(relation, key, version) -%}
    (
        select stored.*
        from {{ relation }} as stored
        {{ not_taken_back('stored', relation, key, version) }}
        where
            stored.record_source <> 'ghost'
            and stored.{{ version }} <> {{ withdrawn() }}
    )
{%- endmacro -%}

{#- Of sets told more than once for one extract, the last; none where that contradicts itself. -#}
{%- macro standing_sets(relation, key) -%}
    (
        select *
        from (
            select
                stored.*,
                max(stored.load_datetime) over (partition by stored.{{ key }}, stored.extract_datetime) as _last_load
            from {{ relation }} as stored
            where stored.record_source <> 'ghost'
        ) as told
        where load_datetime = _last_load and hashdiff <> {{ withdrawn() }}
    )
{%- endmacro -%}

{#- The versions that differ from the one before them: a late delivery may have made a stored one a repetition. -#}
{%- macro first_of_run(relation, key, version) -%}
    (
        select *
        from (
            select
                stored.*,
                lag(stored.{{ version }}) over (
                    partition by stored.{{ key }}
                    order by stored.extract_datetime
                ) as _previous_version
            from {{ standing(relation, key, version) }} as stored
        ) as ordered
        where {{ version }} is distinct from _previous_version
    )
{%- endmacro -%}

{#- The same of sets: all rows of those that differ from the set before them. -#}
{%- macro first_sets_of_run(relation, key) -%}
    (
        select told.*
        from {{ standing_sets(relation, key) }} as told
        inner join (
            select
                {{ key }},
                extract_datetime,
                version,
                lag(version) over (
                    partition by {{ key }}
                    order by extract_datetime
                ) as previous_version
            from (
                select
                    {{ key }},
                    extract_datetime,
                    {{ hash_set('hashdiff') }} as version
                from {{ standing_sets(relation, key) }} as standing
                group by {{ key }}, extract_datetime
            ) as hashed
        ) as ordered
            on told.{{ key }} = ordered.{{ key }} and told.extract_datetime = ordered.extract_datetime
        where ordered.version is distinct from ordered.previous_version
    )
{%- endmacro -%}

{#- The first telling of each key that stands: of an event, the one that counts where no later one may change it. -#}
{%- macro first_tellings(relation, key, version) -%}
    (
        select *
        from (
            select
                stored.*,
                row_number() over (
                    partition by stored.{{ key }}
                    order by stored.extract_datetime, stored.load_datetime
                ) as _telling
            from {{ standing(relation, key, version) }} as stored
        ) as told
        where _telling = 1
    )
{%- endmacro -%}

{#- What any of the tables tells of each key and when, repetitions left out, and which of them (`_telling_table`).
    Each comes with the table that tells who is in its source, if there is one: of whoever has left a source, that
    source tells no more. -#}
{%- macro versions_told(tables, key, version, columns) -%}
    (
        {%- for table, status in tables %}
        {%- if not loop.first %}
        union all
        {%- endif %}
        select
            versions.{{ key }},
            {%- for column in columns %}
            versions.{{ column }},
            {%- endfor %}
            versions.extract_datetime,
            versions.load_datetime,
            versions.record_source,
            {{ loop.index }} as _telling_table
        from {{ first_of_run(table, key, version) }} as versions
        {%- if status %}
        anti join {{ gone(key, [status]) }} as gone on versions.{{ key }} = gone.{{ key }}
        {%- endif %}
        {%- endfor %}
    )
{%- endmacro -%}

{#- The latest of them for each key, whichever table tells it. -#}
{%- macro latest_told(tables, key, version, columns) -%}
    (
        select *
        from (
            select
                told.*,
                row_number() over (
                    partition by {{ key }}
                    order by extract_datetime desc, load_datetime desc, record_source, _telling_table
                ) as _place
            from {{ versions_told(tables, key, version, columns) }} as told
        ) as placed
        where _place = 1
    )
{%- endmacro -%}

{#- The rows of a table of a relation, of which each owner has one at a time, that its source still holds to. -#}
{%- macro while_in_force(relation, effectivity, status, owner_key, key) -%}
    (
        select told.*
        from {{ relation }} as told
        semi join {{ latest_told([(effectivity, status)], owner_key, key, [key]) }} as in_force
            on told.{{ key }} = in_force.{{ key }}
    )
{%- endmacro -%}

{#- Keys of which every source that tells of presence says that they are gone, and no other source tells: `statuses`
    tell of presence, `details` of who has rows of a set there, `versions` and `sets` are satellites of the other
    sources, `relations` their effectivity satellites. -#}
{%- macro gone(key, statuses, details=[], versions=[], sets=[], relations=[]) -%}
    (
        select {{ key }}
        from (
            {%- for table in statuses %}
            {%- if not loop.first %}
            union all
            {%- endif %}
            select
                {{ key }},
                {{ is_there() }} as is_present
            from {{ table }}
            group by {{ key }}, partition_value
            {%- endfor %}
            {%- for stated in told_elsewhere(key, versions, sets, relations) %}
            union all
            select
                {{ key }},
                true as is_present
            from {{ stated }} as stated
            {%- endfor %}
            {%- for table in details %}
            union all
            select
                {{ key }},
                true as is_present
            from {{ table }}
            group by {{ key }}, partition_value
            having {{ is_there() }}
            {%- endfor %}
        ) as told
        group by {{ key }}
        having max(case when is_present then 1 else 0 end) = 0
    )
{%- endmacro -%}

{#- What sources that do not tell of presence say of a key: what stands in their satellites, any relation of it. -#}
{%- macro told_elsewhere(key, versions, sets, relations) -%}
    {%- set stated = [] -%}
    {%- for table in versions -%} {%- do stated.append(standing(table, key, 'hashdiff')) -%} {%- endfor -%}
    {%- for table in sets -%} {%- do stated.append(standing_sets(table, key)) -%} {%- endfor -%}
    {%- for table in relations -%}
        {%- do stated.append("(select * from " ~ table ~ " where record_source <> 'ghost')") -%}
    {%- endfor -%}
    {%- do return(stated) -%}
{%- endmacro -%}
