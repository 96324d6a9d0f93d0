{#- Canonical text and hash keys. One value has one text on every engine, and every text tells where it ends, so that no
    two lists of values look alike: ('A||B', 'C') is 4:A||B1:C and ('A', 'B||C') is 1:A4:B||C. NULL is ~, '' is 0:. -#}

{#- The canonical text of a value, NULL for NULL: text with its length, anything else with an end mark. -#}
{%- macro counted(name, type='string') -%}
    {%- if type == 'string' -%} length({{ normalised_text(name) }}) || ':' || {{ normalised_text(name) }}
    {%- elif type == 'datetime' -%} {{ timestamp_text(name) }} || ';'
    {%- elif type == 'decimal' -%} cast(cast({{ name }} as decimal(18, 2)) as {{ text_type() }}) || ';'
    {%- else -%} cast({{ name }} as {{ text_type() }}) || ';'
    {%- endif -%}
{%- endmacro -%}

{#- Canonical texts, or literals in quotes, one after the other. -#}
{%- macro text_list(texts) -%}
    {%- for text in texts -%}
        {%- if text[0] == "'" -%} '{{ text | length - 2 }}:{{ text[1:-1] }}'
        {%- else -%} coalesce({{ text }}, '~')
        {%- endif -%}
        {%- if not loop.last %} || {% endif -%}
    {%- endfor -%}
{%- endmacro -%}

{#- The hash key of a business key. All its parts NULL: the unknown member. `when` NULL: the row tells of no such thing. -#}
{%- macro hash_key(texts, when=none) -%}
    case
        {%- if when is not none %}
            when {{ when }} is null then {{ not_applicable_key() }}
        {%- endif %}
            when {% for text in texts if text[0] != "'" %}{{ text }} is null{% if not loop.last %} and {% endif %}{% endfor %} then {{ unknown_key() }}
            else {{ as_key(text_list(texts)) }}
        end
{%- endmacro -%}

{#- The hash key of a relation: over the business keys of its members, each in brackets; one that the row does not tell
    of, its `when` being NULL, is !. -#}
{%- macro hash_link(members) -%}
    {%- set listed = [] -%}
    {%- for texts, when in members -%}
        {%- set text = "'[' || " ~ text_list(texts) ~ " || ']'" -%}
        {%- do listed.append(text if when is none else "case when " ~ when ~ " is null then '!' else " ~ text ~ " end") -%}
    {%- endfor -%}
    {{ as_key(listed | join(' || ')) }}
{%- endmacro -%}

{#- Which recipe hash differences follow now; a change of the canonical text is another number. Stored with each row. -#}
{%- macro hash_recipe() -%} cast({{ var('hash_recipe', 1) }} as smallint) {%- endmacro -%}

{#- The hash difference of a version: NULL attributes leave no trace, so a new attribute changes no old version. -#}
{%- macro hash_difference(attributes) -%}
    {%- set texts = [] -%}
    {%- for name, part in attributes.items() -%}
        {%- do texts.append("'" ~ name ~ "=' || " ~ counted(*part.split(':'))) -%}
    {%- endfor -%}
    {{ as_key("concat_ws('', " ~ texts | join(', ') ~ ")") }}
{%- endmacro -%}

{%- macro ghost_keys() -%} {{ unknown_key() }}, {{ not_applicable_key() }} {%- endmacro -%}
