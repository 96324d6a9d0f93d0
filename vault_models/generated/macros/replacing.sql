{#- On DuckDB what is made anew takes its place in one statement. dbt's own way, beside it and by two new names, is a
    fifth of a build of small deliveries. -#}
{%- materialization table, adapter='duckdb' -%} {{ return(replace_relation('table')) }} {%- endmaterialization -%}
{%- materialization view, adapter='duckdb' -%} {{ return(replace_relation('view')) }} {%- endmaterialization -%}

{%- macro replace_relation(kind) -%}
    {%- set there = load_cached_relation(this) -%}
    {{ run_hooks(pre_hooks) }}
    {%- if there and there.type != kind -%} {% do adapter.drop_relation(there) %} {%- endif -%}
    {%- call statement('main') -%}
    create or replace {{ kind }} {{ this }} as
    {{ sql }}
    {%- endcall -%}
    {{ run_hooks(post_hooks) }}
    {%- do adapter.commit() -%}
    {{ return({'relations': [this.incorporate(type=kind)]}) }}
{%- endmacro -%}
