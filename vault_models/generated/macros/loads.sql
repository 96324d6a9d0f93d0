{#- What every insert-only load needs: the ghosts of the first run, what stood before the staged rows, no row twice. -#}

{#- Two rows that joins can always find: the unknown and the not applicable member. `columns` maps name to type. -#}
{%- macro ghost_rows(keys, columns, recipe=false) -%}
    {%- for ghost in [unknown_key(), not_applicable_key()] -%}
    select
        {%- for key in keys %}
        {{ ghost }} as {{ key }},
        {%- endfor %}
        {%- if recipe %}
        {{ hash_recipe() }} as hash_recipe,
        {%- endif %}
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

{#- The first extract of a table that is read in this run. -#}
{%- macro earliest(record_source) -%}
    (
        select min(pending.extract_datetime)
        from {{ ref('pending_delivery') }} as pending
        where pending.record_source = '{{ record_source }}'
    )
{%- endmacro -%}

{#- The version that stood before the first staged one of each `named` key. No rows on the first run. A row that was
    written by another recipe is compared by its values: `attributes` maps each to its type; a key has no recipe. -#}
{%- macro latest_before(record_source, key, version, named, attributes=none) -%}
    {%- if is_incremental() -%}
    {%- set attributes = held_columns(attributes) if attributes else attributes -%}
    (
        select
            before.{{ key }},
            max_by(before.version, before.extract_datetime) as version
        from (
            {%- for is_current in [true, false] if is_current or attributes %}
            {%- if not loop.first %}
            union all
            {%- endif %}
            select
                {{ key }},
                extract_datetime,
                {{ version if is_current else hash_difference(attributes) }} as version
            from {{ this }}
            where
                extract_datetime < {{ earliest(record_source) }}
                {%- if attributes %}
                and hash_recipe {{ '=' if is_current else '<>' }} {{ hash_recipe() }}
                {%- endif %}
                and {{ version }} <> {{ withdrawn() }}
            {%- endfor %}
        ) as before
        semi join {{ named }} as named on before.{{ key }} = named.{{ key }}
        {{ not_taken_back('before', this, key, version) }}
        group by before.{{ key }}
    )
    {%- else -%}
    {{ nothing(key, 'version', key_type()) }}
    {%- endif -%}
{%- endmacro -%}

{#- Those attributes that the table has by now; a new one, which it gets at the end of this run, is NULL in all rows. -#}
{%- macro held_columns(attributes) -%}
    {%- set names = adapter.get_columns_in_relation(this) | map(attribute='name') | map('lower') | list -%}
    {%- set held = {} -%}
    {%- for name, part in attributes.items() if name in names -%}
        {%- do held.update({name: part}) -%}
    {%- endfor -%}
    {%- do return(held) -%}
{%- endmacro -%}

{#- The same for sets: the hash of all rows that were registered last for the latest extract. -#}
{%- macro latest_set_before(record_source, key, attributes) -%}
    {%- if is_incremental() -%}
    {%- set attributes = held_columns(attributes) -%}
    (
        select
            {{ key }},
            {{ hash_set('version') }} as version
        from (
            select
                stored.{{ key }},
                case
                    when stored.hash_recipe = {{ hash_recipe() }} then stored.hashdiff
                    else {{ hash_difference(attributes) }}
                end as version,
                dense_rank() over (
                    partition by stored.{{ key }}
                    order by stored.extract_datetime desc, stored.load_datetime desc
                ) as place
            from {{ standing_sets(this, key) }} as stored
            semi join told on stored.{{ key }} = told.{{ key }}
            where stored.extract_datetime < {{ earliest(record_source) }}
        ) as placed
        where place = 1
        group by {{ key }}
    )
    {%- else -%}
    {{ nothing(key, 'version', key_type()) }}
    {%- endif -%}
{%- endmacro -%}

{#- Who was there before the first staged snapshot. Where one extract tells both, being there counts. -#}
{%- macro latest_presence(record_source, key) -%}
    {%- if is_incremental() -%}
    (
        select
            {{ key }},
            partition_value,
            coalesce({{ is_there() }}, false) as is_present
        from {{ this }}
        where extract_datetime < {{ earliest(record_source) }} and record_source <> 'ghost'
        group by {{ key }}, partition_value
    )
    {%- else -%}
    (
        select
            {{ unknown_key() }} as {{ key }},
            '' as partition_value,
            false as is_present
        where 1 = 0
    )
    {%- endif -%}
{%- endmacro -%}

{#- Over the changes of one key: whether the last is an arrival. -#}
{%- macro is_there() -%}
    max(case when is_present then extract_datetime end)
    >= coalesce(max(case when not is_present then extract_datetime end), cast('1900-01-01 00:00:00' as timestamp))
{%- endmacro -%}

{%- macro nothing(key, column, type) -%}
    (
        select
            {{ unknown_key() }} as {{ key }},
            cast(null as {{ type }}) as {{ column }}
        where 1 = 0
    )
{%- endmacro -%}

{#- No row twice: a rerun after a crash finds what the killed run had loaded. An anti join, since DuckDB pays thrice for
    a correlated `not exists` over a query. -#}
{%- macro not_loaded(rows, keys) -%}
    {%- if is_incremental() -%}
    anti join {{ this }} as loaded
        on
            {%- for key in keys %}
            {% if not loop.first %}and {% endif %}{{ rows }}.{{ key }} = loaded.{{ key }}
            {%- endfor %}
    {%- endif -%}
{%- endmacro -%}

{#- The same for statements: of a key, at an extract time, by a registration. -#}
{%- macro not_stated(rows, times, key, record_source, also=[], withdrawal=none, told_key=none) -%}
    {%- if is_incremental() -%}
    anti join (select * from {{ this }} where extract_datetime >= {{ earliest(record_source) }}) as loaded
        on
            {{ rows }}.{{ told_key or key }} = loaded.{{ key }}
            {%- for name in also %}
            and {{ rows }}.{{ name }} = loaded.{{ name }}
            {%- endfor %}
            {%- if withdrawal %}
            and loaded.{{ withdrawal }} = {{ withdrawn() }}
            {%- endif %}
            and {{ times }}.extract_datetime = loaded.extract_datetime
            and {{ times }}.load_datetime = loaded.load_datetime
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
