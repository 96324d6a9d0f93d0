{#- Canonical text and hash keys, recipe 1; the page is concepts/KEYS.md, the vectors are concepts/keys/vectors.json.
    One value has one text on every engine, and every text tells where it ends, so that no two lists of values look
    alike: ('A||B', 'C') is 4:A||B1:C and ('A', 'B||C') is 1:A4:B||C. NULL is ~, '' is 0:.
    Text comes in as kept_text made it, once for each landing column: that is what costs. -#}

{#- Text as the vault keeps it: in normal form C, and as the concept's `canonical` says. Blanks are U+0020 alone. -#}
{%- macro kept_text(name, canonical=[]) -%}
    {%- set text = namespace(sql=normalised_text(name)) -%}
    {%- if 'trim' in canonical -%} {%- set text.sql = "trim(both ' ' from " ~ text.sql ~ ")" -%} {%- endif -%}
    {%- if 'upper' in canonical -%} {%- set text.sql = "upper(replace(" ~ text.sql ~ ", 'ß', 'ss'))" -%} {%- endif -%}
    {%- if 'lower' in canonical -%} {%- set text.sql = "lower(" ~ text.sql ~ ")" -%} {%- endif -%}
    {%- if 'empty_is_null' in canonical -%} {%- set text.sql = "nullif(" ~ text.sql ~ ", '')" -%} {%- endif -%}
    {{ text.sql }}
{%- endmacro -%}

{#- The canonical text of a value, as arguments of concat: text with its length in code points, anything else with an end
    mark. `told`: of one that may be NULL, for concat_told. -#}
{%- macro ended(name, type='string', told=false) -%}
    {%- set colon, semicolon = (where_told(name, "':'"), where_told(name, "';'")) if told else ("':'", "';'") -%}
    {%- if type in ('string', 'code') -%} length({{ name }}), {{ colon }}, {{ name }}
    {%- elif type == 'datetime' -%} {{ timestamp_text(name) }}, {{ semicolon }}
    {%- elif type == 'decimal' -%} cast(cast({{ name }} as decimal(18, 2)) as {{ text_type() }}), {{ semicolon }}
    {%- elif type == 'integer' -%} cast(cast({{ name }} as bigint) as {{ text_type() }}), {{ semicolon }}
    {%- else -%} cast({{ name }} as {{ text_type() }}), {{ semicolon }}
    {%- endif -%}
{%- endmacro -%}

{%- macro where_told(name, text) -%} case when {{ name }} is not null then {{ text }} end {%- endmacro -%}

{#- The canonical text of a value, NULL for NULL. -#}
{%- macro counted(name, type='string') -%}
    case when {{ name }} is not null then concat({{ ended(name, type) }}) end
{%- endmacro -%}

{#- Canonical texts, or literals in quotes, as arguments of concat. -#}
{%- macro text_list(texts) -%}
    {%- for text in texts -%}
        {%- if text[0] == "'" -%} '{{ text | length - 2 }}:{{ text[1:-1] }}'
        {%- else -%} coalesce({{ text }}, '~')
        {%- endif -%}
        {%- if not loop.last %}, {% endif -%}
    {%- endfor -%}
{%- endmacro -%}

{#- The hash key of a business key. All its parts NULL: the unknown member. `when` NULL: the row tells of no such thing. -#}
{%- macro hash_key(texts, when=none) -%}
    case
        {%- if when is not none %}
            when {{ when }} is null then {{ not_applicable_key() }}
        {%- endif %}
            when {% for text in texts if text[0] != "'" %}{{ text }} is null{% if not loop.last %} and {% endif %}{% endfor %} then {{ unknown_key() }}
            else {{ as_key(texts[0] if texts | length == 1 else "concat(" ~ text_list(texts) ~ ")") }}
        end
{%- endmacro -%}

{#- The hash key of a relation: over the business keys of its members, each in brackets; one that the row does not tell
    of, its `when` being NULL, is !. -#}
{%- macro hash_link(members) -%}
    {%- set listed = [] -%}
    {%- for texts, when in members -%}
        {%- set text = "'[', " ~ text_list(texts) ~ ", ']'" -%}
        {%- do listed.append(text if when is none else "case when " ~ when ~ " is null then '!' else concat(" ~ text ~ ") end") -%}
    {%- endfor -%}
    {{ as_key("concat(" ~ listed | join(', ') ~ ")") }}
{%- endmacro -%}

{#- Which recipe hash differences follow now; a change of the canonical text is another number. Stored with each row. -#}
{%- macro hash_recipe() -%} cast({{ var('hash_recipe', 1) }} as smallint) {%- endmacro -%}

{#- The hash difference of a version: NULL attributes leave no trace, so a new attribute changes no old version. One text
    of all of them, none of each: those would cost a quarter of it. -#}
{%- macro hash_difference(attributes) -%}
    {%- set texts = [] -%}
    {%- for name, part in attributes.items() -%}
        {%- set column = part.split(':')[0] -%}
        {%- do texts.append(where_told(column, "'" ~ name ~ "='") ~ ", " ~ ended(*part.split(':'), told=true)) -%}
    {%- endfor -%}
    {{ as_key(concat_told(texts | join(', '))) }}
{%- endmacro -%}

{%- macro ghost_keys() -%} {{ unknown_key() }}, {{ not_applicable_key() }} {%- endmacro -%}
