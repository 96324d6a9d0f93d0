{#- Plain schema names: staging, raw_vault, business_vault, marts; no prefix of the target. -#}
{%- macro generate_schema_name(custom_schema_name, node) -%}
    {{ custom_schema_name or target.schema }}
{%- endmacro -%}
