"""What one row of a table tells: which concepts in which roles, which relations, which versions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from concepts.metamodel import Concept, ConceptModel, Kind, Link, Satellite
from concepts.sources import Feed, Table
from tests.laws.canonical import GHOSTS, NOT_APPLICABLE, UNKNOWN, canonical, hashed, plain
from tests.laws.facts import Row


@dataclass(frozen=True)
class Told:
    """A row's word on one concept in one role."""

    role: str
    concept: Concept
    key: str
    values: tuple[Any, ...]
    scope: str  # canonical text of the source, where only the source knows the key
    origin: str  # how names of tables of history end

    @property
    def hub(self) -> str:
        return f"{'rhub' if self.concept.kind is Kind.REFERENCE else 'hub'}_{self.concept.concept}"

    @property
    def place(self) -> str:
        return f"{self.concept.concept}__{self.origin}"


@dataclass(frozen=True)
class Relation:
    """A row's word on one relation: its key, and the keys of its members, owner first, child key last."""

    owner: Told
    name: str
    link: Link
    key: str
    members: tuple[Any, ...]
    is_readable: bool  # no part of its key is NULL

    @property
    def subject(self) -> str:
        return f"{self.owner.concept.concept}_{self.name}"

    @property
    def table(self) -> str:
        return f"lnk_{self.subject}"

    @property
    def effectivity(self) -> str:
        return f"effsat_{self.subject}__{self.owner.origin}"

    @property
    def status(self) -> str:
        return f"status_{self.subject}__{self.owner.origin}"


class TableWords:
    """Reads the rows of one delivered table."""

    def __init__(self, model: ConceptModel, source: str, name: str, table: Table) -> None:
        self.model, self.source, self.table = model, source, table
        self.origin = f"{source}_{name}"
        self.is_snapshot = table.semantics in ("full", "partition")

    def concept(self, role: str) -> Concept:
        return self.model[self.table.feeds[role].concept or role]

    def value(self, row: Row, header: str) -> Any:
        """A row's value under a header of the delivery."""
        return plain(row.values.get(self.table.landing_name(header)))

    def is_deleted(self, row: Row) -> bool:
        """Whether the row says that what it is about is gone."""
        flag = self.table.deleted
        return flag is not None and self.value(row, flag.column) in flag.values

    def told(self, row: Row) -> dict[str, Told]:
        """Every concept that a row tells of, by role."""
        return {role: self._word(row, role, feed) for role, feed in self.table.feeds.items()}

    def _word(self, row: Row, role: str, feed: Feed) -> Told:
        concept = self.concept(role)
        values = tuple(self.value(row, feed.key[name]) for name in concept.key)
        scope = canonical(self.source) if concept.key_scope == "source" else ""
        key = hashed(scope + "".join(map(canonical, values)))
        # What is NULL in quarantine may have been unreadable, so there it does not say that nothing is told.
        if feed.when and not row.is_quarantined and self.value(row, feed.when) is None:
            key = NOT_APPLICABLE
        elif all(value is None for value in values):
            key = UNKNOWN
        origin = self.origin if role == concept.concept else f"{self.origin}_{role}"
        return Told(role, concept, key, values, scope, origin)

    def subjects(self) -> Iterator[str]:
        """The roles that a row describes, rather than only points at."""
        for role, feed in self.table.feeds.items():
            if feed.attributes or set(feed.key.values()) == set(self.table.key):
                yield role

    def listed(self) -> Iterator[str]:
        """The roles that the table says are there or gone: its rows are they, or a snapshot tells what each is."""
        for role, feed in self.table.feeds.items():
            if self.is_snapshot and self.concept(role).kind is not Kind.TRANSACTION:
                if self._is_row(feed) or self._feeds(role, of_sets=False):
                    yield role
            elif self.table.deleted is not None and self._is_row(feed):
                yield role

    def detailed(self) -> Iterator[str]:
        """The roles of which the table says who has any row of a set: that is no word on who is there."""
        for role in self.table.feeds:
            if (self.is_snapshot or self.table.deleted is not None) and self._feeds(role, of_sets=True):
                yield role

    def is_silent(self, role: str) -> bool:
        """Whether nothing in the table can say that the role is gone."""
        return role not in {*self.listed(), *self.detailed()}

    def is_flagged(self, role: str, link: Link) -> bool:
        """Whether a flag ends this relation: its rows are about it alone, or about a set of it."""
        if self.table.deleted is None:
            return False
        headers = self.table.feeds[role].attributes
        columns = set(self.table.feeds[role].key.values()) | {headers[name] for name in link.child_key}
        for participant in link.participants:
            columns |= set(self.table.feeds[participant.role].key.values())
        sets = [s for s in link.satellites.values() if s.child_key and set(s.attributes) & set(headers)]
        return bool(sets) or set(self.table.key) <= columns

    def _is_row(self, feed: Feed) -> bool:
        return set(feed.key.values()) == set(self.table.key)

    def _feeds(self, role: str, *, of_sets: bool) -> bool:
        satellites = self.concept(role).told_satellites.values()
        delivered = set(self.table.feeds[role].attributes)
        return any(bool(s.child_key) == of_sets and delivered & set(s.attributes) for s in satellites)

    def links(self) -> Iterator[tuple[str, str, Link]]:
        """The relations that rows tell: role of the owner, name, link."""
        for role, feed in self.table.feeds.items():
            for name, link in self.concept(role).links.items():
                is_told = all(p.role in self.table.feeds for p in link.participants)
                is_told = is_told and set(link.child_key) <= set(feed.attributes)
                wanted = role in self.subjects() if feed.links is None else name in feed.links
                if is_told and wanted and self.concept(role).kind is Kind.HUB:
                    yield role, name, link

    def relations(self, row: Row, told: dict[str, Told]) -> Iterator[Relation]:
        """The relations of the concepts that a row describes; none of an owner without a key."""
        for role, name, link in self.links():
            owner, words = told[role], [told[role], *(told[p.role] for p in link.participants)]
            if owner.key in GHOSTS:
                continue
            feed = self.table.feeds[role]
            child = tuple(self.value(row, feed.attributes[n]) for n in link.child_key)
            texts = ["!" if w.key == NOT_APPLICABLE else f"[{_joined(w.values, w.scope)}]" for w in words]
            key = hashed("".join(texts) + (f"[{_joined(child)}]" if link.child_key else ""))
            is_readable = None not in child and all(None not in word.values for word in words)
            yield Relation(owner, name, link, key, (*(word.key for word in words), *child), is_readable)

    def payloads(
        self, row: Row, word: Told, told: dict[str, Told]
    ) -> Iterator[tuple[str, tuple[Any, ...], tuple[Any, ...]]]:
        """What a row says of a concept: table of history, child key, values in the order of the model."""
        concept = word.concept
        for aspect, satellite in concept.told_satellites.items():
            values = self._values(row, word.role, satellite)
            if values is None:
                continue
            if concept.kind is Kind.TRANSACTION:
                members = tuple(told[p.role].key for link in concept.links.values() for p in link.participants)
                yield f"nhl_{word.place}", (), (*members, *word.values, *values.values())
            else:
                kind = "rsat" if concept.kind is Kind.REFERENCE else "masat" if satellite.child_key else "sat"
                name = f"{kind}_{concept.concept}_{aspect}__{word.origin}"
                yield name, tuple(values[n] for n in satellite.child_key), tuple(values.values())

    def relation_payloads(self, row: Row, relation: Relation) -> Iterator[tuple[str, tuple[Any, ...], tuple[Any, ...]]]:
        """The same of a relation."""
        for aspect, satellite in relation.link.satellites.items():
            values = self._values(row, relation.owner.role, satellite)
            if values is not None:
                kind = "masat" if satellite.child_key else "sat"
                name = f"{kind}_{relation.subject}_{aspect}__{relation.owner.origin}"
                yield name, tuple(values[n] for n in satellite.child_key), tuple(values.values())

    def _values(self, row: Row, role: str, satellite: Satellite) -> dict[str, Any] | None:
        """An aspect's values, NULL where the table does not deliver one; None where it delivers none at all."""
        headers = self.table.feeds[role].attributes
        if not set(satellite.attributes) & set(headers):
            return None
        return {n: self.value(row, headers[n]) if n in headers else None for n in satellite.attributes}


def _joined(values: tuple[Any, ...], scope: str = "") -> str:
    return scope + "".join(map(canonical, values))
