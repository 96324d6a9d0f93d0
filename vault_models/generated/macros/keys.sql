{#- Canonical text and hash keys. One value has one text on every engine, and a text carries its length, so that no two
    lists of values look alike: ('A||B', 'C') is 4:A||B1:C and ('A', 'B||C') is 1:A4:B||C. NULL is ~, '' is 0:. -#}

{#- The canonical text of a part: 'column', 'column:type', or a literal in quotes. -#}
{%- macro canonical(part) -%}
    {%- set name, type = (part ~ ':string').split(':')[:2] -%}
    {%- if type == 'string' -%} {{ normalised_text(name) }}
    {%- elif type == 'datetime' -%} {{ timestamp_text(name) }}
    {%- else -%} {{ as_text(name, type) }}
    {%- endif -%}
{%- endmacro -%}

{%- macro counted(part) -%}
    {%- if part[0] == "'" -%} '{{ part | length - 2 }}:{{ part[1:-1] }}'
    {%- else -%} length({{ canonical(part) }}) || ':' || {{ canonical(part) }}
    {%- endif -%}
{%- endmacro -%}

{%- macro counted_list(parts) -%}
    {%- for part in parts -%}
        {%- if part[0] == "'" -%} {{ counted(part) }}
        {%- else -%} coalesce({{ counted(part) }}, '~')
        {%- endif -%}
        {%- if not loop.last %} || {% endif -%}
    {%- endfor -%}
{%- endmacro -%}

{#- The hash key of a business key. All its parts NULL: the unknown member. `when` NULL: the row tells of no such thing. -#}
{%- macro hash_key(parts, when=none) -%}
    case
        {%- if when is not none %} when {{ when }} is null then {{ not_applicable_key() }}{% endif %} when
        {%- for part in parts if part[0] != "'" %} {{ part.split(':')[0] }} is null{% if not loop.last %} and{% endif %}{% endfor %} then {{ unknown_key() }}
        else {{ as_key(counted_list(parts)) }}
    end
{%- endmacro -%}

{#- The hash key of a relation: over the business keys of its members, each a list in brackets; one that the row does not
    tell of, its `when` being NULL, is !. -#}
{%- macro hash_link(members) -%}
    {%- set texts = [] -%}
    {%- for parts, when in members -%}
        {%- set text = "'[' || " ~ counted_list(parts) ~ " || ']'" -%}
        {%- do texts.append(text if when is none else "case when " ~ when ~ " is null then '!' else " ~ text ~ " end") -%}
    {%- endfor -%}
    {{ as_key(texts | join(' || ')) }}
{%- endmacro -%}

{#- The hash difference of a version: NULL attributes leave no trace, so a new attribute changes no old version. -#}
{%- macro hash_difference(attributes) -%}
    {%- set texts = [] -%}
    {%- for name, part in attributes.items() -%} {%- do texts.append("'" ~ name ~ "=' || " ~ counted(part)) -%} {%- endfor -%}
    {{ as_key("concat_ws('', " ~ texts | join(', ') ~ ")") }}
{%- endmacro -%}

{%- macro ghost_keys() -%} {{ unknown_key() }}, {{ not_applicable_key() }} {%- endmacro -%}
