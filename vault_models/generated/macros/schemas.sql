{#- Plain schema names: staging, raw_vault, business_vault, marts; no prefix of the target. -#}
{%- macro generate_schema_name(custom_schema_name, node) -%}
    {{ custom_schema_name or target.schema }}
{%- endmacro -%}

{#- A column keeps its type: dbt would bend a value of another to it, 9.5 to 10, and what was loaded is not rewritten. -#}
{%- macro sync_column_schemas(on_schema_change, target_relation, schema_changes_dict) -%}
    {%- set types = {} -%}
    {%- for column in schema_changes_dict['target_columns'] -%}
        {%- do types.update({column.name: column.data_type}) -%}
    {%- endfor -%}
    {%- for changed in schema_changes_dict['new_target_types'] -%}
        {%- do exceptions.raise_compiler_error(
            target_relation.identifier ~ '.' ~ changed.column_name ~ ' holds ' ~ types[changed.column_name] ~ ' and would get '
            ~ changed.new_type ~ ': keep the type, and give what is of another one a name of its own'
        ) -%}
    {%- endfor -%}
    {{ return(dbt.sync_column_schemas(on_schema_change, target_relation, schema_changes_dict)) }}
{%- endmacro -%}
