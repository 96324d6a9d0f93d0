{#- What the warehouse promises itself, one question each. #}

{% test is_primary_key(model, columns) %}
select {{ columns | join(', ') }}
from {{ model }}
{%- if 'extract_datetime' in columns %}
where record_source <> 'ghost'
{%- endif %}
group by {{ columns | join(', ') }}
having
    count(*) > 1
    {%- for column in columns %}
    or {{ column }} is null
    {%- endfor %}
{% endtest %}

{% test refers_to(model, column, parent, parent_column) %}
select child.{{ column }}
from {{ model }} as child
where not exists (select 1 from {{ parent }} as parent where parent.{{ parent_column }} = child.{{ column }})
{% endtest %}

{% test ledger_balances(model) %}
select *
from {{ model }}
where staged <> unknown_key + new + unchanged + duplicate + conflicting
{% endtest %}
