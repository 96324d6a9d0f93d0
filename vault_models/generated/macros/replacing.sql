{#- On DuckDB what is made anew takes its place in one statement. dbt's own way, beside it and by two new names, makes a
    first build of small deliveries a sixth longer and later ones two fifths; it is left to models that ask for more than
    rows. -#}
{%- materialization table, adapter='duckdb', supported_languages=['sql', 'python'] -%}
    {{ return(replace_relation('table') if asks_for_rows_only() else dbt.materialization_table_duckdb()) }}
{%- endmaterialization -%}

{%- materialization view, adapter='duckdb' -%}
    {{ return(replace_relation('view') if asks_for_rows_only() else dbt.materialization_view_default()) }}
{%- endmaterialization -%}

{%- macro asks_for_rows_only() -%}
    {%- for word in ['sql_header', 'indexes', 'partitioned_by', 'sorted_by', 'persist_docs', 'grants'] if config.get(word) -%}
        {{ return(false) }}
    {%- endfor -%}
    {{ return(model.language == 'sql' and not (pre_hooks or post_hooks or config.get('contract').enforced)) }}
{%- endmacro -%}

{%- macro replace_relation(kind) -%}
    {%- set there = load_cached_relation(this) -%}
    {%- if there and there.type != kind -%} {% do adapter.drop_relation(there) %} {%- endif -%}
    {%- call statement('main') -%}
    create or replace {{ kind }} {{ this }} as
    {{ sql }}
    {%- endcall -%}
    {%- do adapter.commit() -%}
    {{ return({'relations': [this.incorporate(type=kind)]}) }}
{%- endmacro -%}
