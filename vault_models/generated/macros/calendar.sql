{#- The days of a snapshot calendar: the last day of every period that deliveries reach; with `keep`, which maps a period
    to a number, only so many of the latest. -#}
{%- macro snapshot_days(deliveries, every, keep={}) -%}
    select distinct
        day as snapshot_date,
        day + interval 1 day as next_day
    from (
    {%- for period, count in (keep or {every: none}).items() %}
        {%- if not loop.first %}
        union all
        {%- endif %}
        select day
        from (
            select day
            from ({{ delivered_days(deliveries) }}) as days
            where date_trunc('{{ period }}', day) <> date_trunc('{{ period }}', day + interval 1 day)
            {%- if count %}
            order by day desc
            limit {{ count }}
            {%- endif %}
        ) as latest
    {%- endfor %}
    ) as chosen
{%- endmacro -%}
