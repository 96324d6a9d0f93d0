"""What is delivered, and what it tells: the words of the reference and of the laws."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

Key = str | tuple[str, str]  # a hash key; in a table of presence with the partition
Versions = dict[Any, dict[datetime, Any]]  # key -> extract time -> what was told; None where it contradicts itself
Histories = dict[Any, list[tuple[datetime, Any]]]  # key -> changes in the order of extract times

# Of the library, where a flag tells of concepts that its rows are about: a deletion may be the first word of a key.
BEGINS_GONE = {"status_member__desk_twin"}


@dataclass(frozen=True)
class Row:
    """One delivered record behind the gate."""

    values: dict[str, Any]
    is_quarantined: bool = False


@dataclass(frozen=True)
class Delivery:
    """One registered delivery, or one part of it."""

    delivery_id: str
    record_source: str
    semantics: str
    extracted: datetime
    registered: datetime
    rows: tuple[Row, ...]
    part: int = 1
    parts: int = 1
    partition: str = ""

    @property
    def is_snapshot(self) -> bool:
        return self.semantics in ("full", "partition")

    @property
    def snapshot(self) -> tuple[str, str, datetime]:
        """What all parts of one snapshot have in common."""
        return self.record_source, self.partition, self.extracted


@dataclass
class Facts:
    """All that some deliveries tell, by the name of the table that should hold it."""

    hubs: dict[str, dict[str, tuple[Any, ...]]] = field(default_factory=lambda: defaultdict(dict))
    links: dict[str, dict[str, tuple[Any, ...]]] = field(default_factory=lambda: defaultdict(dict))
    versions: dict[str, Versions] = field(default_factory=lambda: defaultdict(lambda: defaultdict(dict)))
    presence: dict[str, Versions] = field(default_factory=lambda: defaultdict(lambda: defaultdict(dict)))
    tracked: dict[str, set[tuple[str, str]]] = field(default_factory=lambda: defaultdict(set))

    def history(self, table: str) -> Histories:
        """A table's changes: the first of each run of equal words."""
        told = self.presence[table] if table.startswith("status_") else self.versions[table]
        return histories(told, table)

    def until(self, moment: datetime) -> Facts:
        """What was told of times up to a moment."""
        past = replace(self)
        for name in ("versions", "presence"):
            told: dict[str, Versions] = defaultdict(lambda: defaultdict(dict))
            for table, keys in getattr(self, name).items():
                for key, times in keys.items():
                    told[table][key] = {time: word for time, word in times.items() if time <= moment}
            setattr(past, name, told)
        return past

    def is_there(self, table: str, key: str) -> bool | None:
        """Whether the key is there by the last word of a table of presence, in any partition; None: no word."""
        last = [told[-1][1] for (held, _), told in self.history(table).items() if held == key]
        return any(last) if last else None

    def contradicted(self, table: str) -> set[Any]:
        """The keys of which one extract told two things."""
        return {key for key, times in self.versions[table].items() if None in times.values()}


def histories(told: Mapping[Any, Mapping[datetime, Any]], table: str) -> Histories:
    """The changes of each key; a key without one is left out. Who never came does not leave."""
    first = False if table.startswith("status_") and table not in BEGINS_GONE else None
    made = {key: runs(times.items(), first) for key, times in told.items()}
    return {key: changes for key, changes in made.items() if changes}


def runs(told: Iterable[tuple[datetime, Any]], first: Any = None) -> list[tuple[datetime, Any]]:
    """The first of each run of equal values in time, after one that is not told; contradictions say nothing."""
    last = first
    made = []
    for time, value in sorted(((t, v) for t, v in told if v is not None), key=lambda pair: pair[0]):
        if value != last:
            made.append((time, value))
        last = value
    return made
