"""What a warehouse holds, read as its readers do: the latest registration counts, what was withdrawn is out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from typing import Any

from tests.laws.canonical import WITHDRAWN, plain
from tests.laws.engine import Engine
from tests.laws.facts import Histories, Versions, histories

HISTORY = ("sat_", "masat_", "rsat_", "effsat_", "nhl_")
PRESENCE = ("status_",)
TECHNICAL = {"hashdiff", "hash_recipe", "extract_datetime", "load_datetime", "record_source", "delivery_id"}
ALWAYS = datetime.max


class Holding:
    """The rows of a warehouse at one moment, each table read once."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._rows: dict[str, list[dict[str, Any]]] = {}

    def rows(self, table: str) -> list[dict[str, Any]]:
        """A table's rows without ghosts."""
        name = table if "." in table else f"{self._schemas[table]}.{table}"
        if name not in self._rows:
            self._rows[name] = self.engine.rows(name)
        return self._rows[name]

    @cached_property
    def _schemas(self) -> dict[str, str]:
        return {node.name: node.schema for node in self.engine.project.nodes}

    def names(self, *prefixes: str) -> list[str]:
        """The tables whose name starts so."""
        return [node.name for node in self.engine.project.nodes if node.name.startswith(prefixes)]

    @cached_property
    def histories(self) -> list[str]:
        """Every table of statements."""
        return self.names(*HISTORY, *PRESENCE)

    def statements(self, table: str, known_at: datetime = ALWAYS) -> Versions:
        """What a table of history says of each key at each extract time; None where it takes a version back."""
        told: dict[Any, dict[datetime, dict[datetime, list[Any]]]] = defaultdict(
            lambda: defaultdict(lambda: defaultdict(list))
        )
        for row in self.rows(table):
            if row["load_datetime"] <= known_at:
                key, version = _said(table, row)
                told[key][row["extract_datetime"]][row["load_datetime"]].append(version)
        return {
            key: {time: _last(table, registrations) for time, registrations in times.items()}
            for key, times in told.items()
        }

    def changes(self, table: str, known_at: datetime = ALWAYS) -> Histories:
        """A table's history: the first of each run of equal versions that stand."""
        return histories(self.statements(table, known_at), table)


def said(row: Mapping[str, Any]) -> tuple[Any, ...]:
    """A row's values without its key and what is technical."""
    return tuple(plain(value) for name, value in list(row.items())[1:] if name not in TECHNICAL)


def _said(table: str, row: Mapping[str, Any]) -> tuple[Any, Any]:
    """A row's key, and its version: None where it is withdrawn."""
    key, version = list(row.values())[:2]
    if table.startswith(PRESENCE):
        return (key, row["partition_value"]), row["is_present"]
    if version == WITHDRAWN:
        return key, None
    return key, version if table.startswith("effsat_") else said(row)


def _last(table: str, registrations: Mapping[datetime, list[Any]]) -> Any:
    """What the latest registration says; only a set has many rows. What was taken back stays so, in whatever order."""
    for versions in registrations.values():
        assert len(set(versions)) == len(versions), f"L2: {table} holds a statement twice"
        stated = [version for version in versions if version is not None]
        assert table.startswith("masat_") or len(stated) <= 1, f"L2: {table} holds two statements of one registration"
    last = registrations[max(registrations)]
    if table.startswith("masat_"):
        return None if None in last else frozenset(last)
    return None if any(None in versions for versions in registrations.values()) else last[0]
