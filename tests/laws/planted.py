"""Bugs on purpose: each changes the compiled SQL of a few models, in tests alone; the laws must notice every one."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from tests.laws.canonical import WITHDRAWN
from tests.laws.compiling import Node, Project


@dataclass(frozen=True)
class Bug:
    """One mistake that a vault can hide: which models it spoils, and how."""

    name: str
    models: str  # pattern of the models' names
    found: str  # pattern in their SQL
    put: str
    forms: tuple[str, ...] = ("first", "later")


WHOLE = r"(?s)\A(.*)\Z"


def _told(columns: str, where: str = "1 = 1") -> str:
    return f"select {columns} from (\n\\1\n) as told where {where}"


BUGS = (
    Bug("missing anti-join", r"hub_.*", r"( as loaded\s+on)", r"\1 1 = 0 and", ("later",)),
    Bug("now() as load time", r"hub_.*", WHOLE, _told("* replace (cast(now() as timestamp) as load_datetime)")),
    Bug(
        "every assertion appended",
        r"sat_.*",
        r"(staged\.\w+|version) is distinct from (previous_|latest\.)version",
        "true",
    ),
    Bug(
        "a source missing from the union",
        r"hub_member",
        r'("vault"\."staging"\."stg_web__member")',
        r"(select * from \1 where 1 = 0)",
    ),
    Bug(
        "times cut to dates",
        r"pending_delivery",
        WHOLE,
        _told("* replace (date_trunc('day', extract_datetime) as extract_datetime)"),
    ),
    Bug("quarantine counted as accepted", r"stg_.*", r"is_quarantined is not true", "is_quarantined is not null"),
    Bug("NULL hashed like ''", r"stg_.*__member", r"(town is not null then 'town=') end", r"\1 else 'town=0:' end"),
    Bug(
        "last version taken before the wrong time",
        r"sat_.*",
        r"select min\((\w+\.)?extract_datetime\)",
        r"select max(\1extract_datetime) + interval 1 day",
        ("later",),
    ),
    Bug("absence ignored", r"status_.*", WHOLE, _told("*", "is_present is not false")),
    Bug("commit swallowed", r"sat_.*", WHOLE, _told("*", "1 = 0"), ("later",)),
    Bug("rows twice after a crash", r"(ef|ma)?f?sat_.*", r"( as loaded\s+on)", r"\1 1 = 0 and", ("later",)),
    Bug("contradictions not taken back", r"sat_.*", WHOLE, _told("*", f"hashdiff <> '{WITHDRAWN}'")),
    Bug("partitions taken for one", r"pending_delivery", WHOLE, _told("* replace ('' as partition_value)")),
    Bug("absence from a partition ignored", r"status_card_.*", WHOLE, _told("*", "is_present is not false")),
    Bug("deletion flag ignored", r"stg_.*", r"coalesce\(landed\.gone in \([^)]*\), false\)", "false"),
    Bug(
        "pieces of a set not united",
        r"masat_.*",
        r"(told\.delivery_number) <= (registration\.delivery_number)",
        r"\1 = \2",
    ),
    Bug("corrections without counter-entries", r"entries_.*", WHOLE, _told("*", "entry = 1")),
    Bug("known from its beginning", r"asof_.*", WHOLE, _told("* replace (valid_from as known_from)")),
    Bug("a bridge to what has left", r"bridge_course_.*", r"word\.is_present = 1", "true"),
    Bug(
        "attributes of a relation from a source that left it",
        r"current_reservation_wish_relation",
        "semi join",
        "left join",
    ),
    Bug("stale pointer", r"pit_.*", r"extract_datetime < (\w+\.)next_day", r"extract_datetime < \1snapshot_date"),
)


def planted(project: Project, bug: Bug) -> Project:
    """The project with the bug in it; AssertionError if the bug finds no place any more."""
    nodes = tuple(_spoiled(node, bug) for node in project.nodes)
    assert nodes != project.nodes, f"the bug has no place in the SQL any more: {bug.name}; plant it anew"
    return replace(project, nodes=nodes)


def _spoiled(node: Node, bug: Bug) -> Node:
    if not re.fullmatch(bug.models, node.name):
        return node
    spoiled: dict[str, Any] = {form: re.sub(bug.found, bug.put, getattr(node, form)) for form in bug.forms}
    return replace(node, **spoiled)
