{#- What DuckDB and Spark say differently. Everything else is one SQL for both. -#}

{%- macro text_type() -%} string {%- endmacro -%}

{%- macro key_type() -%} {{ adapter.dispatch('key_type')() }} {%- endmacro -%}
{%- macro default__key_type() -%} uuid {%- endmacro -%}
{%- macro spark__key_type() -%} string {%- endmacro -%}

{#- A 128-bit key out of canonical text. -#}
{%- macro as_key(text) -%} {{ adapter.dispatch('as_key')(text) }} {%- endmacro -%}
{%- macro default__as_key(text) -%} cast(unhex(md5({{ text }})) as uuid) {%- endmacro -%}
{%- macro spark__as_key(text) -%}
    regexp_replace(md5({{ text }}), '^(.{8})(.{4})(.{4})(.{4})(.{12})$', '$1-$2-$3-$4-$5')
{%- endmacro -%}

{#- One text of those arguments that are not NULL. -#}
{%- macro concat_told(texts) -%} {{ adapter.dispatch('concat_told')(texts) }} {%- endmacro -%}
{%- macro default__concat_told(texts) -%} concat({{ texts }}) {%- endmacro -%}
{%- macro spark__concat_told(texts) -%} concat_ws('', {{ texts }}) {%- endmacro -%}

{%- macro unknown_key() -%} cast('00000000-0000-0000-0000-000000000000' as {{ key_type() }}) {%- endmacro -%}
{%- macro not_applicable_key() -%} cast('ffffffff-ffff-ffff-ffff-ffffffffffff' as {{ key_type() }}) {%- endmacro -%}

{#- Text in Unicode normal form C, so that ä is ä however it was typed. No text below U+0300 has another form, and asking
    that costs a sixth of normalising it. -#}
{%- macro normalised_text(name) -%} {{ adapter.dispatch('normalised_text')(name) }} {%- endmacro -%}
{%- macro default__normalised_text(name) -%}
    case
            when strlen({{ name }}) = length({{ name }}) or not regexp_matches({{ name }}, '[^\x00-\x{2ff}]') then {{ name }}
            else nfc_normalize({{ name }})
        end
{%- endmacro -%}
{#- Spark 4 has no function for it but ICU, of which it thinks that it may answer differently each time: not in join
    conditions and aggregates. Most text needs no answer. -#}
{%- macro spark__normalised_text(name) -%}
    if({{ name }} rlike '[^ -~]', reflect('com.ibm.icu.text.Normalizer', 'compose', {{ name }}, false), {{ name }})
{%- endmacro -%}

{%- macro timestamp_text(name) -%} {{ adapter.dispatch('timestamp_text')(name) }} {%- endmacro -%}
{%- macro default__timestamp_text(name) -%} strftime({{ name }}, '%Y-%m-%dT%H:%M:%S.%f') {%- endmacro -%}
{%- macro spark__timestamp_text(name) -%} date_format({{ name }}, "yyyy-MM-dd'T'HH:mm:ss.SSSSSS") {%- endmacro -%}

{#- One key for a set of keys, whatever order they come in. -#}
{%- macro hash_set(name) -%} {{ adapter.dispatch('hash_set')(name) }} {%- endmacro -%}
{%- macro default__hash_set(name) -%}
    cast(md5(string_agg(cast({{ name }} as string), '' order by {{ name }})) as uuid)
{%- endmacro -%}
{%- macro spark__hash_set(name) -%} {{ as_key("array_join(array_sort(collect_list(" ~ name ~ ")), '')") }} {%- endmacro -%}

{#- Every day from the first to the last extract that was delivered, as `day`. -#}
{%- macro delivered_days(deliveries) -%} {{ adapter.dispatch('delivered_days')(deliveries) }} {%- endmacro -%}
{%- macro default__delivered_days(deliveries) -%}
    select
        cast(unnest(generate_series(
            cast(min(extract_datetime) as date), cast(max(extract_datetime) as date), interval 1 day
        )) as date) as day
    from {{ deliveries }}
{%- endmacro -%}
{%- macro spark__delivered_days(deliveries) -%}
    select
        explode(sequence(
            cast(min(extract_datetime) as date), cast(max(extract_datetime) as date), interval 1 day
        )) as day
    from {{ deliveries }}
{%- endmacro -%}

{#- What an append reads: a view, so that rows go to their table at once. dbt-duckdb would write them twice. -#}
{%- macro duckdb__create_table_as(
    temporary, relation, compiled_code, language='sql', partitioned_by=none, sorted_by=none
) -%}
    {%- if temporary and config.get('incremental_strategy') == 'append' -%}
    create temporary view {{ relation }} as
    {{ compiled_code }}
    {%- else -%}
    {{ dbt.duckdb__create_table_as(temporary, relation, compiled_code, language, partitioned_by, sorted_by) }}
    {%- endif -%}
{%- endmacro -%}
