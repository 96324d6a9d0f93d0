{#- Expressions over days, months and ages; the engines differ only here. -#}

{#- The day so many days after (before, if negative). -#}
{% macro add_days(day, days) -%}{{ return(adapter.dispatch('add_days')(day, days)) }}{%- endmacro %}
{% macro default__add_days(day, days) -%}({{ day }} + cast({{ days }} as integer)){%- endmacro %}
{% macro spark__add_days(day, days) -%}date_add({{ day }}, cast({{ days }} as int)){%- endmacro %}

{#- The same-numbered day so many months later, or that month's last day. -#}
{% macro add_months(day, months) -%}{{ return(adapter.dispatch('add_months')(day, months)) }}{%- endmacro %}
{% macro default__add_months(day, months) -%}cast({{ day }} + to_months(cast({{ months }} as integer)) as date){%- endmacro %}
{% macro spark__add_months(day, months) -%}add_months({{ day }}, cast({{ months }} as int)){%- endmacro %}

{#- Difference of two dates in days; negative when the end comes first. -#}
{% macro days_between(start, end) -%}{{ return(adapter.dispatch('days_between')(start, end)) }}{%- endmacro %}
{% macro default__days_between(start, end) -%}date_diff('day', {{ start }}, {{ end }}){%- endmacro %}
{% macro spark__days_between(start, end) -%}datediff({{ end }}, {{ start }}){%- endmacro %}

{#- The day in Finland at a moment that is kept in UTC without a zone. -#}
{% macro finnish_day(moment) -%}{{ return(adapter.dispatch('finnish_day')(moment)) }}{%- endmacro %}
{% macro default__finnish_day(moment) -%}cast(timezone('Europe/Helsinki', timezone('UTC', {{ moment }})) as date){%- endmacro %}
{% macro spark__finnish_day(moment) -%}cast(from_utc_timestamp({{ moment }}, 'Europe/Helsinki') as date){%- endmacro %}

{#- One row per day, first and last included, in the column calendar_date. -#}
{% macro every_day(first, last) -%}{{ return(adapter.dispatch('every_day')(first, last)) }}{%- endmacro %}
{% macro default__every_day(first, last) -%}
select cast(day.moment as date) as calendar_date
from generate_series(timestamp '{{ first }}', timestamp '{{ last }}', interval 1 day) as day (moment)
{%- endmacro %}
{% macro spark__every_day(first, last) -%}
select explode(sequence(date '{{ first }}', date '{{ last }}', interval 1 day)) as calendar_date
{%- endmacro %}

{#- The last day of a date's month. -#}
{% macro month_end(day) -%}last_day({{ day }}){%- endmacro %}

{#- A date's month as text, such as 2025-03. -#}
{% macro month_of(day) -%}substr(cast({{ day }} as string), 1, 7){%- endmacro %}

{#- A date's year as text. -#}
{% macro year_of(day) -%}substr(cast({{ day }} as string), 1, 4){%- endmacro %}

{#- Completed years of age: who is born on 29 February grows older on 1 March in a common year. -#}
{% macro age_on(day, birth) -%}
(year({{ day }}) - year({{ birth }}) - case
    when month({{ day }}) * 100 + day({{ day }}) < month({{ birth }}) * 100 + day({{ birth }}) then 1 else 0
end)
{%- endmacro %}

{#- How many weekdays after the start day's own running number a limit of n weekdays ends; 0 means the same weekday,
    or the first weekday after a start at a weekend or on a holiday. -#}
{% macro weekdays_ahead(amount, start_is_weekday) -%}
case when {{ amount }} = 0 and not {{ start_is_weekday }} then 1 else {{ amount }} end
{%- endmacro %}
