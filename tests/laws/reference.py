"""What a vault should hold after some deliveries: plain Python over dicts, no SQL, nothing of the generator."""

from __future__ import annotations

import hashlib
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from concepts.metamodel import Concept, ConceptModel, Kind, Link
from concepts.sources import Feed, Semantics, SourceMapping, Table

UNKNOWN = "00000000-0000-0000-0000-000000000000"
NOT_APPLICABLE = "ffffffff-ffff-ffff-ffff-ffffffffffff"
Versions = dict[str, dict[datetime, Any]]  # key -> extract time -> what was told; None where it contradicts itself
Histories = dict[str, list[tuple[datetime, Any]]]  # key -> changes in the order of extract times


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


@dataclass(frozen=True)
class Told:
    """A row's word on one concept in one role."""

    role: str
    concept: Concept
    key: str
    key_values: tuple[Any, ...]


@dataclass
class Facts:
    """All that some deliveries tell, by the name of the table that should hold it."""

    hubs: dict[str, dict[str, tuple[Any, ...]]] = field(default_factory=lambda: defaultdict(dict))
    links: dict[str, dict[str, tuple[str, ...]]] = field(default_factory=lambda: defaultdict(dict))
    versions: dict[str, Versions] = field(default_factory=lambda: defaultdict(lambda: defaultdict(dict)))
    events: dict[str, dict[str, Any]] = field(default_factory=lambda: defaultdict(dict))
    presence: dict[str, Versions] = field(default_factory=lambda: defaultdict(lambda: defaultdict(dict)))
    unsettled: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))  # in quarantine, not yet accepted

    def history(self, table: str) -> Histories:
        """A satellite's or status table's changes: the first of each run of equal words."""
        told = self.presence[table] if table.startswith("status_") else self.versions[table]
        made = {key: runs(list(times.items()), table.startswith("status_")) for key, times in told.items()}
        return {key: changes for key, changes in made.items() if changes}


def runs(told: Iterable[tuple[datetime, Any]], is_presence: bool = False) -> list[tuple[datetime, Any]]:
    """The first of each run of equal values in time; contradictions say nothing, and nobody is there at first."""
    last: Any = False if is_presence else None
    made = []
    for time, value in sorted(((t, v) for t, v in told if v is not None), key=lambda pair: pair[0]):
        if value != last:
            made.append((time, value))
        last = value
    return made


def plain(value: Any) -> Any:
    """A value as it counts: text in normal form C."""
    return unicodedata.normalize("NFC", value) if isinstance(value, str) else value


def canonical(value: Any) -> str:
    """The text of a value that tells where it ends."""
    value = plain(value)
    if value is None:
        return "~"
    if isinstance(value, str):
        return f"{len(value)}:{value}"
    if isinstance(value, bool):
        return f"{str(value).lower()};"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%dT%H:%M:%S.%f};"
    if isinstance(value, date):
        return f"{value.isoformat()};"
    return f"{value:.2f};" if isinstance(value, Decimal) else f"{value};"


def hashed(text: str) -> str:
    """A 128-bit key as text."""
    return str(UUID(hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()))


class Reference:
    """The law of the vault for one model and its mappings."""

    def __init__(self, model: ConceptModel, sources: tuple[SourceMapping, ...]) -> None:
        self.model = model
        self.tables = {f"{s.source}.{name}": table for s in sources for name, table in s.tables.items()}

    def complete(self, deliveries: Iterable[Delivery]) -> list[Delivery]:
        """Those that may be loaded, in the order of their registration: a snapshot only with all its parts."""
        told = sorted(deliveries, key=lambda d: d.registered)
        parts: dict[tuple[str, datetime], int] = defaultdict(int)
        for delivery in told:
            parts[delivery.record_source, delivery.extracted] += 1
        return [d for d in told if d.semantics != "full" or parts[d.record_source, d.extracted] >= d.parts]

    def facts(self, deliveries: Iterable[Delivery]) -> Facts:
        """What the deliveries tell, whatever the order in which they came."""
        facts, told = Facts(), self.complete(deliveries)
        for delivery in told:
            for row in delivery.rows:
                if not row.is_quarantined:
                    self._take(facts, delivery, row)
        for record_source, table in self.tables.items():
            if table.semantics is Semantics.FULL:
                self._watch(facts, record_source, [d for d in told if d.record_source == record_source])
        for name, versions in facts.versions.items():
            for times in versions.values():
                for time, words in times.items():
                    times[time] = _agreed(name, words)
        return facts

    def told(self, record_source: str, row: Row) -> dict[str, Told]:
        """Every concept that a row tells of, by role."""
        source, table = record_source.split(".")[0], self.tables[record_source]
        made = {}
        for role, feed in table.feeds.items():
            concept = self.model[feed.concept or role]
            values = tuple(plain(row.values.get(table.landing_name(feed.key[name]))) for name in concept.key)
            scope = canonical(source) if concept.key_scope == "source" else ""
            key = hashed(scope + "".join(map(canonical, values)))
            # What is NULL in quarantine may have been unreadable, so there it does not say that nothing is told.
            if feed.when and not row.is_quarantined and row.values.get(table.landing_name(feed.when)) is None:
                key = NOT_APPLICABLE
            elif all(value is None for value in values):
                key = UNKNOWN
            made[role] = Told(role, concept, key, values)
        return made

    def relations(self, record_source: str) -> Iterator[tuple[str, str, Link]]:
        """The relations that a table's rows tell: role of the owner, name, link."""
        table = self.tables[record_source]
        for role, feed in table.feeds.items():
            for name, link in self.model[feed.concept or role].links.items():
                if is_subject(table, feed) and all(p.role in table.feeds for p in link.participants):
                    yield role, name, link

    def _take(self, facts: Facts, delivery: Delivery, row: Row) -> None:
        table, told = self.tables[delivery.record_source], self.told(delivery.record_source, row)
        origin = delivery.record_source.replace(".", "_")
        for role, word in told.items():
            if word.key in (UNKNOWN, NOT_APPLICABLE):
                continue
            if word.concept.kind is Kind.HUB:
                facts.hubs[f"hub_{word.concept.concept}"].setdefault(word.key, word.key_values)
            for name, child, payload in self.payloads(table, role, word, row, told):
                place = name if word.concept.kind is not Kind.HUB else f"{name}__{_origin(origin, role, word.concept)}"
                if word.concept.kind is Kind.TRANSACTION:
                    facts.events[place].setdefault(word.key, set()).add(payload)
                else:
                    facts.versions[place][word.key].setdefault(delivery.extracted, set()).add((child, payload))
        for role, name, link in self.relations(delivery.record_source):
            owner = told[role]
            if owner.key in (UNKNOWN, NOT_APPLICABLE) or owner.concept.kind is not Kind.HUB:
                continue
            key, members = self.relation(delivery.record_source, told, role, link)
            facts.links[f"lnk_{owner.concept.concept}_{name}"][key] = members
            if link.driven:
                place = f"effsat_{owner.concept.concept}_{name}__{_origin(origin, role, owner.concept)}"
                facts.versions[place][owner.key].setdefault(delivery.extracted, set()).add(((), key))

    def relation(self, record_source: str, told: dict[str, Told], role: str, link: Link) -> tuple[str, tuple[str, ...]]:
        """A relation's key, and its members' keys, owner first."""
        source, texts, words = record_source.split(".")[0], "", [told[role], *(told[p.role] for p in link.participants)]
        for word in words:
            scope = canonical(source) if word.concept.key_scope == "source" else ""
            inside = scope + "".join(map(canonical, word.key_values))
            texts += "!" if word.key == NOT_APPLICABLE else f"[{inside}]"
        return hashed(texts), tuple(word.key for word in words)

    def payloads(
        self, table: Table, role: str, word: Told, row: Row, told: dict[str, Told]
    ) -> Iterator[tuple[str, tuple[Any, ...], tuple[Any, ...]]]:
        """What a row says of a concept: table without its origin, child key, values in the order of the model."""
        feed, concept = table.feeds[role], word.concept
        for aspect, satellite in concept.satellites.items():
            if not set(satellite.attributes) & set(feed.attributes):
                continue
            landed = {n: table.landing_name(feed.attributes[n]) for n in satellite.attributes if n in feed.attributes}
            values = {n: plain(row.values.get(landed[n])) if n in landed else None for n in satellite.attributes}
            payload, child = tuple(values.values()), tuple(values[n] for n in satellite.child_key)
            if concept.kind is Kind.TRANSACTION:
                members = tuple(told[p.role].key for link in concept.links.values() for p in link.participants)
                yield f"nhl_{concept.concept}", child, (*members, *word.key_values, *payload)
            elif concept.kind is Kind.REFERENCE:
                yield f"ref_{concept.concept}", child, (*word.key_values, *payload)
            else:
                kind = "masat" if satellite.child_key else "sat"
                yield f"{kind}_{concept.concept}_{aspect}", child, payload

    def _watch(self, facts: Facts, record_source: str, snapshots: list[Delivery]) -> None:
        """Who is in each snapshot; one who was accepted before and is in quarantine now was delivered all the same."""
        table = self.tables[record_source]
        for role, feed in table.feeds.items():
            concept = self.model[feed.concept or role]
            if not is_subject(table, feed) or concept.kind is not Kind.HUB:
                continue
            accepted: dict[datetime, set[str]] = {d.extracted: set() for d in snapshots}
            quarantined: dict[datetime, set[str]] = {d.extracted: set() for d in snapshots}
            for delivery in snapshots:
                for row in delivery.rows:
                    word = self.told(record_source, row)[role]
                    readable = not row.is_quarantined or None not in word.key_values
                    if readable and word.key not in (UNKNOWN, NOT_APPLICABLE):
                        (quarantined if row.is_quarantined else accepted)[delivery.extracted].add(word.key)
            place = f"status_{concept.concept}__{_origin(record_source.replace('.', '_'), role, concept)}"
            known: set[str] = set()
            for time in sorted(accepted):
                known |= accepted[time]
                facts.unsettled[place] |= quarantined[time] - known
                for key in set().union(*accepted.values()):
                    facts.presence[place][key][time] = key in accepted[time] or key in quarantined[time] & known


def is_subject(table: Table, feed: Feed) -> bool:
    """Whether a row describes the concept, rather than only pointing at it."""
    return bool(feed.attributes) or set(feed.key.values()) == set(table.key)


def _origin(origin: str, role: str, concept: Concept) -> str:
    return origin if role == concept.concept else f"{origin}_{role}"


def _agreed(table: str, words: set[tuple[Any, Any]]) -> Any:
    """One version out of all words on one key at one time; None if they contradict each other."""
    if len({child for child, _ in words}) < len(words):
        return None
    payloads = frozenset(payload for _, payload in words)
    return payloads if table.startswith("masat_") else next(iter(payloads))
