{#- What every insert-only load needs: the ghosts of the first run, the version before the staged ones, no row twice. -#}

{#- Two rows that joins can always find: the unknown and the not applicable member. `columns` maps name to type. -#}
{%- macro ghost_rows(keys, columns) -%}
    {%- for ghost in [unknown_key(), not_applicable_key()] -%}
    select
        {%- for key in keys %}
        {{ ghost }} as {{ key }},
        {%- endfor %}
        {%- for name, type in columns.items() %}
        cast(null as {{ type }}) as {{ name }},
        {%- endfor %}
        cast('1900-01-01 00:00:00' as timestamp) as extract_datetime,
        cast('1900-01-01 00:00:00' as timestamp) as load_datetime,
        'ghost' as record_source,
        'ghost' as delivery_id
    {%- if not loop.last %}
    union all
    {% endif -%}
    {%- endfor -%}
{%- endmacro -%}

{#- The last loaded version of each key before the first staged one of its source table; no rows on the first run. -#}
{%- macro latest_before(record_source, key, version) -%}
    {%- if is_incremental() -%}
    (
        select
            {{ key }},
            max_by({{ version }}, extract_datetime) as {{ version }}
        from {{ this }}
        where
            extract_datetime < (
                select min(pending.extract_datetime)
                from {{ ref('pending_delivery') }} as pending
                where pending.record_source = '{{ record_source }}'
            )
            and record_source <> 'ghost'
        group by {{ key }}
    )
    {%- else -%}
    (
        select
            {{ unknown_key() }} as {{ key }},
            cast(null as {{ 'boolean' if version == 'is_present' else key_type() }}) as {{ version }}
        where 1 = 0
    )
    {%- endif -%}
{%- endmacro -%}

{#- No row twice: a rerun after a crash finds what the killed run had loaded. -#}
{%- macro not_loaded(rows, keys, first='and') -%}
    {%- if is_incremental() -%}
    {{ first }} not exists (
        select 1
        from {{ this }} as loaded
        where
            {%- for key in keys %}
            {% if not loop.first %}and {% endif %}loaded.{{ key }} = {{ rows }}.{{ key }}
            {%- endfor %}
    )
    {%- endif -%}
{%- endmacro -%}

{#- The deliveries whose load is complete; none before the first run has made the ledger. -#}
{%- macro loaded_deliveries(ledger) -%}
    {%- if execute and load_relation(ledger) is not none -%}
    (select distinct delivery_id from {{ ledger }})
    {%- else -%}
    (select cast(null as {{ text_type() }}) as delivery_id where 1 = 0)
    {%- endif -%}
{%- endmacro -%}

{#- A version that still holds ends here: no NULL, since `or is null` in an outer join would cost the hash join. -#}
{%- macro end_of_time() -%} cast('9999-12-31 00:00:00' as timestamp) {%- endmacro -%}

{#- One number for a staged record: earlier deliveries first, then the order of the file. -#}
{%- macro record_id(delivery_number, record_number) -%} {{ delivery_number }} * 1000000000000 + {{ record_number }} {%- endmacro -%}

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
                ) as previous_version
            from {{ relation }} as stored
        ) as ordered
        where {{ version }} is distinct from previous_version
    )
{%- endmacro -%}
