"""What a new version changes in how deliveries are read and protected: each place, what it says and what it said."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from concepts.generator.contracts import contract
from concepts.generator.design import Design, TableDesign
from concepts.metamodel import Concept, Frozen


class Reading(Frozen):
    """One change in how deliveries are read or protected."""

    where: str
    change: str

    def __str__(self) -> str:
        return f"{self.where}: {self.change}"


def readings(old: Design, new: Design) -> tuple[Reading, ...]:
    """Every such change of the delivered tables that both designs have, and of the attributes that they feed."""
    before = {table.record_source: table for table in old.tables}
    found: list[Reading] = []
    for table in new.tables:
        if was := before.get(table.record_source):
            found += _differences(table.source, {"timezone": was.timezone}, {"timezone": table.timezone})
            found += _differences(table.record_source, _told(was), _told(table))
    for name, concept in new.model.concepts.items():
        if new.fed(name) and (known := old.model.concepts.get(name)):
            found += _protected(concept, known)
    return tuple(dict.fromkeys(found))  # a source says its time zone once for all its tables


def _told(table: TableDesign) -> dict[str, Any]:
    """All that decides how a row of the table is read: what the gate demands, and what the columns feed."""
    asked = contract(table).model_dump(mode="json", exclude={"source", "table", "timezone"})
    fed = table.mapping.model_dump(mode="json", include={"key", "deleted", "feeds"})
    return asked | fed | {"columns": {column.pop("header"): column for column in asked["columns"]}}


def _protected(now: Concept, before: Concept) -> Iterator[Reading]:
    for name, attribute in now.attributes.items():
        if was := before.attributes.get(name):
            yield from _differences(f"{now.concept}.{name}.privacy", str(was.privacy), str(attribute.privacy))


def _differences(where: str, was: Any, is_: Any) -> Iterator[Reading]:
    if isinstance(was, dict) and isinstance(is_, dict):
        for name in {**was, **is_}:
            yield from _differences(f"{where}.{name}", was.get(name), is_.get(name))
    elif isinstance(is_, dict):
        yield Reading(where=where, change="is new")
    elif isinstance(was, dict):
        yield Reading(where=where, change="is taken out")
    elif was != is_:
        yield Reading(where=where, change=f"is {_shown(is_)}, was {_shown(was)}")


def _shown(value: Any) -> str:
    return "not there" if value is None else json.dumps(value, ensure_ascii=False)
