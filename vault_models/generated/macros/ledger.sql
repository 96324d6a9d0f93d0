{#- What became of every staged record of one table in one target. What is new is counted in the target, what else it
    holds is looked up there, so that a record that it lacks leaves the sum short. A row that tells of no such thing is
    not counted. -#}

{%- macro counted_rows(target, subject, held='told.held') -%}
select
    pending.delivery_id,
    pending.record_source,
    '{{ target.identifier }}' as target,
    '{{ subject }}' as subject,
    cast(told.staged as bigint) as staged,
    cast(told.unknown_key as bigint) as unknown_key,
    cast(coalesce(loaded.new, 0) as bigint) as new,
    cast({{ held }} - coalesce(loaded.new, 0) as bigint) as unchanged,
    cast(told.duplicate as bigint) as duplicate,
    cast(told.conflicting as bigint) as conflicting
{%- endmacro -%}

{#- Rows of the target by the delivery that is counted; where records name several subjects of one target (`earlier`: the
    staged keys of those before this one), those that it named as this one and as none before. -#}
{%- macro new_rows(target, staging, key, target_key, earlier) -%}
    (
        select
            delivery_id,
            count(*) as new
        from {{ target }} as loaded
        where
            delivery_id in (select delivery_id from {{ ref('pending_delivery') }} where not is_loaded)
            {%- for named in ([key] + earlier if earlier is not none else []) %}
            and {{ 'not ' if not loop.first }}exists (
                select 1
                from {{ staging }} as staged
                inner join {{ ref('pending_delivery') }} as pending on staged.delivery_number = pending.delivery_number
                where staged.{{ named }} = loaded.{{ target_key }} and pending.delivery_id = loaded.delivery_id
            )
            {%- endfor %}
        group by delivery_id
    )
{%- endmacro -%}

{#- The same of versions that stood when they were told: as the delivery itself told them, not as part of a set that another
    completed; of an event that is told once and for all (`refused`), those that no telling that stands precedes. -#}
{%- macro new_versions(target, key, version, refused=false) -%}
    (
        select
            stated.delivery_id,
            count(*) as new
        from {{ target }} as stated
        inner join {{ ref('pending_delivery') }} as pending
            on
                stated.delivery_id = pending.delivery_id
                and stated.load_datetime = pending.load_datetime
                and not pending.is_loaded
        {{ not_taken_back('stated', target, key, version, when_told=true) }}
        where
            stated.{{ version }} <> {{ withdrawn() }}
            {%- if refused %}
            -- Not an anti join, which the engine would take for a comparison of every row with every other one.
            and not exists (
                select 1
                from {{ standing(target, key, version) }} as before
                where
                    before.{{ key }} = stated.{{ key }}
                    and (
                        before.extract_datetime < stated.extract_datetime
                        or before.extract_datetime = stated.extract_datetime
                        and before.load_datetime < stated.load_datetime
                    )
            )
            {%- endif %}

        group by stated.delivery_id
    )
{%- endmacro -%}

{#- Hubs and links. `same` says how the rest of a row, the business key, must agree: another business key under the same
    hash key is a collision, which no sum would balance. Where it is known what is `repeated` of the owner's key,
    only those records can name the same thing again. -#}
{%- macro key_counts(
    staging, target, key, target_key, subject, owner_key=none, flag=none, same={}, earlier=none, repeated=none
) -%}
{%- set owner = owner_key or key -%}
{%- set again = agreeing(target_key, same, owner if repeated) -%}
{{ counted_rows(target, subject, held='told.agreeing - told.duplicate') }}
from (
    select
        staged.delivery_number,
        count(*) as staged,
        sum(case when staged.{{ owner }} = {{ unknown_key() }} then 1 else 0 end) as unknown_key,
        count({{ agreeing(target_key, same) }}) as agreeing,
        count({{ again }}) - count(distinct {{ again }}) as duplicate,
        0 as conflicting
    from {{ staging }} as staged
    inner join {{ ref('pending_delivery') }} as waiting
        on staged.delivery_number = waiting.delivery_number and not waiting.is_loaded
    left join (select * from {{ target }} where record_source <> 'ghost') as held
        on staged.{{ key }} = held.{{ target_key }}
    {%- if repeated %}
    left join {{ repeated }} as repeated on staged.{{ owner }} = repeated.{{ owner }}
    {%- endif %}
    where staged.{{ owner }} <> {{ not_applicable_key() }}{% if flag %} and not staged.{{ flag }}{% endif %}

    group by staged.delivery_number
) as told
inner join {{ ref('pending_delivery') }} as pending on told.delivery_number = pending.delivery_number
left join {{ new_rows(target, staging, key, target_key, earlier) }} as loaded
    on pending.delivery_id = loaded.delivery_id
{%- endmacro -%}

{#- The key that is held, if the rest of its row agrees, and if the record names the `repeated` key not alone. -#}
{%- macro agreeing(target_key, same, repeated=none) -%}
    case
            when {% for column, origin in same.items() %}{{ origin }} is not distinct from held.{{ column }}{% if not loop.last %} and {% endif %}{% endfor %}{% if repeated %} and repeated.{{ repeated }} is not null{% endif %} then held.{{ target_key }}
        end
{%- endmacro -%}

{#- Satellites: the target holds each version as of the record's time or from before. The first that tells it is new or
    unchanged, the others are duplicates; what contradicts a record of its key and time that was registered by then is
    conflicting, and so is, of an event that is told once and for all (`refused`), what its first telling contradicts.
    Where it is known what is `repeated` of the key, only those records are compared with each other. -#}
{%- macro version_counts(
    staging, target, key, target_key, subject, version, target_version,
    owner_key=none, flag=none, child_key={}, refused=false, repeated=none
) -%}
{%- set child_names = {} -%}
{%- for name in child_key -%} {%- do child_names.update({name: '_' ~ name}) -%} {%- endfor -%}
{%- set same = ['key'] + (child_names.values() | list) + ['extract_datetime'] -%}
{{ counted_rows(target, subject) }}
from (
    with

    told as (
        select
            delivery_number,
            {{ key }} as key,
            {%- for name, column in child_key.items() %}
            {{ column }} as _{{ name }},
            {%- endfor %}
            extract_datetime,
            max(case when {{ owner_key or key }} = {{ unknown_key() }} then 1 else 0 end) as is_unknown,
            count(*) as records,
            min({{ version }}) as version,
            max({{ version }}) as highest
        from {{ staging }}{% if repeated %} as staged
        semi join {{ repeated }} as repeated on staged.{{ key }} = repeated.{{ key }}{% endif %}

        where {{ owner_key or key }} <> {{ not_applicable_key() }}{% if flag %} and not {{ flag }}{% endif %}

        group by delivery_number, {{ key }}, extract_datetime{% for column in child_key.values() %}, {{ column }}{% endfor %}

    ),

    -- Most keys are told once a time; here are those that several deliveries of one extract tell, and from which
    -- delivery on they contradict each other: what was told before that was no contradiction when it was registered.
    shared as (
        select
            {{ same | join(', ') }},
            min(delivery_number) as first_delivery,
            min(case
                when version <> first_version or highest <> first_version then registered_from
            end) as contested_from
        from (
            select
                told.*,
                registration.registered_from,
                first_value(told.version) over (
                    partition by told.{{ same | join(', told.') }}
                    order by told.delivery_number
                ) as first_version
            from told
            inner join (
                select
                    delivery_number,
                    min(delivery_number) over (partition by load_datetime) as registered_from
                from {{ ref('pending_delivery') }}
            ) as registration
                on told.delivery_number = registration.delivery_number
            where
                told.version <> told.highest
                or told.extract_datetime in (
                    select pending.extract_datetime
                    from {{ ref('pending_delivery') }} as pending
                    group by pending.record_source, pending.extract_datetime
                    having count(*) > 1
                )
        ) as compared
        group by {{ same | join(', ') }}
        having count(*) > 1 or min(version) <> max(highest)
    ),

    contested as (
        select
            key,
            extract_datetime,
            min(contested_from) as contested_from
        from shared
        where contested_from is not null
        group by key, extract_datetime
    ),

    judged as (
        select
            told.delivery_number,
            {%- for name in same %}
            told.{{ name }},
            {%- endfor %}
            told.records,
            told.version,
            case
                when told.is_unknown = 1 then 'unknown'
                when told.delivery_number >= contested.contested_from then 'conflicting'
                {%- if refused %}
                when
                    counting.{{ target_version }} <> told.version
                    and counting.hash_recipe = {{ hash_recipe() }}
                    and counting.extract_datetime <= told.extract_datetime
                    then 'conflicting'
                {%- endif %}
                when shared.first_delivery < told.delivery_number then 'duplicate'
                else 'first'
            end as outcome
        from told
        left join shared
            on
                {%- for name in same %}
                {% if not loop.first %}and {% endif %}told.{{ name }} is not distinct from shared.{{ name }}
                {%- endfor %}
        left join contested
            on told.key = contested.key and told.extract_datetime = contested.extract_datetime
        {%- if refused %}
        left join {{ first_tellings(target, target_key, target_version) }} as counting on told.key = counting.{{ target_key }}
        {%- endif %}
        {%- if repeated %}
        union all
        select
            staged.delivery_number,
            staged.{{ key }} as key,
            staged.extract_datetime,
            1 as records,
            staged.{{ version }} as version,
            case when staged.{{ key }} = {{ unknown_key() }} then 'unknown' else 'first' end as outcome
        from {{ staging }} as staged
        anti join {{ repeated }} as repeated on staged.{{ key }} = repeated.{{ key }}
        where staged.{{ key }} <> {{ not_applicable_key() }}{% if flag %} and not staged.{{ flag }}{% endif %}

        {%- endif %}
    ),

    lacking as (
        select
            delivery_number,
            count(*) as versions
        from (select * from judged where outcome = 'first') as judged
        anti join {{ target }} as held
            on
                judged.key = held.{{ target_key }}
                and judged.version = held.{{ target_version }}
                {%- for name in child_key %}
                and judged._{{ name }} is not distinct from held.{{ name }}
                {%- endfor %}
                and judged.extract_datetime >= held.extract_datetime
        -- What another recipe wrote has another version of the same values; the load compared those.
        anti join (select * from {{ target }} where hash_recipe <> {{ hash_recipe() }}) as written_before
            on
                judged.key = written_before.{{ target_key }}
                {%- for name in child_key %}
                and judged._{{ name }} is not distinct from written_before.{{ name }}
                {%- endfor %}
                and judged.extract_datetime >= written_before.extract_datetime
        group by delivery_number
    )

    select
        judged.delivery_number,
        sum(judged.records) as staged,
        sum(case when judged.outcome = 'unknown' then judged.records else 0 end) as unknown_key,
        sum(case when judged.outcome = 'first' then 1 else 0 end) - coalesce(max(lacking.versions), 0) as held,
        sum(case
            when judged.outcome = 'first' then judged.records - 1
            when judged.outcome = 'duplicate' then judged.records
            else 0
        end) as duplicate,
        sum(case when judged.outcome = 'conflicting' then judged.records else 0 end) as conflicting
    from judged
    left join lacking on judged.delivery_number = lacking.delivery_number
    group by judged.delivery_number
) as told
inner join {{ ref('pending_delivery') }} as pending
    on told.delivery_number = pending.delivery_number and not pending.is_loaded
left join {{ new_versions(target, target_key, target_version, refused) }} as loaded on pending.delivery_id = loaded.delivery_id
{%- endmacro -%}
