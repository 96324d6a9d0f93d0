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

{% test refers_to(model, parents) %}
{%- for told in parents %}
select
    '{{ told.column }}' as column_name,
    child.{{ told.column }} as missing_key
from {{ model }} as child
anti join {{ told.parent }} as parent on child.{{ told.column }} = parent.{{ told.key }}
{%- if not loop.last %}
union all
{%- endif %}
{%- endfor %}
{% endtest %}

{% test ledger_balances(model) %}
select *
from {{ model }}
where staged <> unknown_key + new + unchanged + duplicate + conflicting
{% endtest %}

{#- A warning where it is not so: the rows' `quarantine_reason` tells columns and faults. -#}
{% test nothing_in_quarantine(model) %}
select *
from {{ model }}
where is_quarantined
{% endtest %}
