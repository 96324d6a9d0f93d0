"""The tables of history that a delivered table feeds: whose versions they hold, and out of which staged columns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from concepts.generator import naming
from concepts.generator.design import Column, Design, FeedDesign, TableDesign, hub_of
from concepts.metamodel import Concept, Kind, Link, Satellite

Parents = tuple[tuple[str, str, str], ...]  # (column, table that it refers to, that table's column)


@dataclass(frozen=True)
class History:
    """A table of versions of a concept or relation, insert only: satellite, effectivity satellite or event table."""

    kind: Literal["satellite", "effectivity", "event"]
    feed: FeedDesign
    name: str
    aspect: str  # of an effectivity satellite the relation
    link: str | None  # the relation that the versions are of; None: they are of the concept
    version: str  # the staged column that tells versions apart: a hash difference, or the key of the relation
    parents: Parents
    columns: tuple[Column, ...] = ()
    attributes: tuple[str, ...] = ()  # those that the table delivers
    members: tuple[str, ...] = ()  # hash keys of participants
    child_key: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The column of the hash key that the versions are of."""
        return self._key(self.feed.concept.concept)

    @property
    def staged_key(self) -> str:
        """The same as staging calls it, after the role."""
        return self._key(self.feed.role)

    def _key(self, owner: str) -> str:
        return naming.link_key(owner, self.link) if self.link else naming.hub_key(owner)

    @property
    def version_name(self) -> str:
        """The column of the table that tells versions apart."""
        is_relation = self.kind == "effectivity"
        return naming.link_key(self.feed.concept.concept, self.aspect) if is_relation else "hashdiff"

    @property
    def is_refused(self) -> bool:
        """Whether only the first telling of each event counts."""
        return self.kind == "event" and self.feed.concept.told_anew == "refused"

    @property
    def is_plain(self) -> bool:
        """Whether only records that name the same hub key can repeat or contradict each other."""
        return not (self.link or self.child_key or self.is_refused)

    @property
    def grain(self) -> str:
        """What one row is, as a sentence."""
        whose = f"{self.feed.concept.concept}{f' and {self.link}' if self.link else ''}"
        child = f", {', '.join(self.child_key)}" if self.child_key else ""
        return (
            f"One row per {whose}{child} and change of its {self.aspect}, as {self.feed.table.record_source} told it."
        )


def hub_keys(link: Link) -> list[str]:
    """The hash keys of a relation's participants, by role."""
    return [naming.hub_key(participant.role) for participant in link.participants]


def participants(link: Link) -> Parents:
    """The hubs that a relation refers to, each with the column that does."""
    return tuple((naming.hub_key(p.role), naming.hub(p.concept), naming.hub_key(p.concept)) for p in link.participants)


def histories(table: TableDesign) -> Iterator[History]:
    """Every table of versions that the delivered table feeds."""
    for feed, aspect, names in table.satellites():
        if feed.concept.is_event:
            yield _event(feed, aspect, names)
        else:
            key = naming.hub_key(feed.concept.concept)
            parents = ((key, hub_of(feed.concept), key),)
            yield _satellite(feed, aspect, names, feed.concept.concept, None, parents)
    for feed, name, aspect, names in table.link_satellites():
        key = naming.link_key(feed.concept.concept, name)
        parents = ((key, naming.link(feed.concept.concept, name), key),)
        yield _satellite(feed, aspect, names, f"{feed.concept.concept}_{name}", name, parents)
    for feed, name, link in table.links():
        if not feed.concept.is_event and link.driven:
            yield _effectivity(feed, name)


def repeated(feed: FeedDesign) -> str | None:
    """The name of the table of its keys that several staged records name; None where no plain history reads it."""
    is_asked = any(history.is_plain and history.feed.key == feed.key for history in histories(feed.table))
    return naming.repeated(feed.role, feed.table.source, feed.table.table) if is_asked else None


def _satellite(
    feed: FeedDesign, aspect: str, names: tuple[str, ...], subject: str, link: str | None, parents: Parents
) -> History:
    satellite = _part(feed.concept, link, aspect)
    name = naming.satellite(
        subject,
        aspect,
        feed.origin,
        multi_active=bool(satellite.child_key),
        is_reference=feed.concept.kind is Kind.REFERENCE,
    )
    role = f"{feed.role}_{link}" if link else feed.role
    return History(
        kind="satellite",
        feed=feed,
        name=name,
        aspect=aspect,
        link=link,
        version=naming.hash_difference(role, aspect),
        parents=parents,
        columns=feed.columns(satellite.attributes),
        attributes=names,
        child_key=satellite.child_key,
    )


def _part(concept: Concept, link: str | None, aspect: str) -> Satellite:
    return (concept.links[link].satellites if link else concept.satellites)[aspect]


def _effectivity(feed: FeedDesign, name: str) -> History:
    owner, version = naming.hub_key(feed.concept.concept), naming.link_key(feed.concept.concept, name)
    return History(
        kind="effectivity",
        feed=feed,
        name=naming.effectivity(feed.concept.concept, name, feed.origin),
        aspect=name,
        link=None,
        version=naming.link_key(feed.role, name),
        parents=(
            (owner, hub_of(feed.concept), owner),
            (version, naming.link(feed.concept.concept, name), version),
        ),
    )


def _event(feed: FeedDesign, aspect: str, names: tuple[str, ...]) -> History:
    links = tuple(feed.concept.links.values())
    return History(
        kind="event",
        feed=feed,
        name=naming.transaction(feed.concept.concept, feed.origin),
        aspect=aspect,
        link=None,
        version=naming.hash_difference(feed.role, aspect),
        parents=tuple(parent for link in links for parent in participants(link)),
        columns=feed.columns({**feed.concept.key, **feed.concept.satellites[aspect].attributes}),
        attributes=names,
        members=tuple(key for link in links for key in hub_keys(link)),
    )


def histories_of(plan: Design, concept: Concept, aspect: str, link: str | None = None) -> list[History]:
    """The tables of history of one aspect of a concept, or of one of its relations, one for each delivered table."""
    return [
        history
        for table in plan.feeding(concept.concept)
        for history in histories(table)
        if history.feed.concept.concept == concept.concept and (history.aspect, history.link) == (aspect, link)
        if history.kind != "effectivity"
    ]


def effectivities(plan: Design, concept: Concept, name: str) -> list[History]:
    """The effectivity satellites of a relation, one for each delivered table."""
    return [
        history
        for table in plan.feeding(concept.concept)
        for history in histories(table)
        if history.feed.concept.concept == concept.concept and history.kind == "effectivity" and history.aspect == name
    ]
