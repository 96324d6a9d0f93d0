"""The tables of history that a delivered table feeds: whose versions they hold, and out of which staged columns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from concepts.generator import naming
from concepts.generator.design import (
    Column,
    Described,
    Design,
    Hashed,
    TableDesign,
    hub_of,
    is_snapshot,
    tells_presence,
)
from concepts.metamodel import Concept, Kind, Link, Satellite

Parents = tuple[tuple[str, str, str], ...]  # (column, table that it refers to, that table's column)


@dataclass(frozen=True)
class History:
    """A table of versions of a hub or relation, insert only: satellite, effectivity satellite or event table."""

    kind: Literal["satellite", "effectivity", "event"]
    told: Described
    name: str
    aspect: str  # or the relation, of an effectivity
    link: str | None  # whose key the versions belong to, if not the concept's own
    version: str  # staged column
    parents: Parents
    columns: tuple[Column, ...] = ()
    attributes: tuple[str, ...] = ()  # those that the table delivers
    members: tuple[str, ...] = ()  # hash keys of participants
    child_key: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        return self._key(self.told.concept.concept)

    @property
    def staged_key(self) -> str:
        return self._key(self.told.role)

    def _key(self, owner: str) -> str:
        return naming.link_key(owner, self.link) if self.link else naming.hub_key(owner)

    @property
    def version_name(self) -> str:
        is_relation = self.kind == "effectivity"
        return naming.link_key(self.told.concept.concept, self.aspect) if is_relation else "hashdiff"

    @property
    def grain(self) -> str:
        whose = f"{self.told.concept.concept}{f' and {self.link}' if self.link else ''}"
        child = f", {', '.join(self.child_key)}" if self.child_key else ""
        return (
            f"One row per {whose}{child} and change of its {self.aspect}, as {self.told.table.record_source} told it."
        )


@dataclass(frozen=True)
class Presence:
    """A table of who is there: the keys, of a concept or of a relation, whose coming and going a delivery tells."""

    told: Described
    name: str
    link: str | None
    members: tuple[Hashed, ...]  # the staged keys that the key is made of
    child_parts: tuple[str, ...]
    parents: Parents

    @property
    def key(self) -> str:
        owner = self.told.concept.concept
        return naming.link_key(owner, self.link) if self.link else naming.hub_key(owner)

    @property
    def staged_key(self) -> str:
        return naming.link_key(self.told.role, self.link) if self.link else self.told.key


def hub_keys(link: Link) -> list[str]:
    """The hash keys of a relation's participants, by role."""
    return [naming.hub_key(participant.role) for participant in link.participants]


def participants(link: Link) -> Parents:
    """The hubs that a relation refers to, each with the column that does."""
    return tuple((naming.hub_key(p.role), naming.hub(p.concept), naming.hub_key(p.concept)) for p in link.participants)


def histories(table: TableDesign) -> Iterator[History]:
    """Every table of versions that the delivered table feeds."""
    for told, aspect, names in table.satellites():
        if told.concept.is_event:
            yield _event(told, aspect, names)
        else:
            key = naming.hub_key(told.concept.concept)
            parents = ((key, hub_of(told.concept), key),)
            yield _satellite(told, aspect, names, told.concept.concept, None, parents)
    for told, name, aspect, names in table.link_satellites():
        key = naming.link_key(told.concept.concept, name)
        parents = ((key, naming.link(told.concept.concept, name), key),)
        yield _satellite(told, aspect, names, f"{told.concept.concept}_{name}", name, parents)
    for told, name, link in table.links():
        if not told.concept.is_event and link.driven:
            yield _effectivity(told, name)


def _satellite(
    told: Described, aspect: str, names: tuple[str, ...], subject: str, link: str | None, parents: Parents
) -> History:
    satellite = _part(told.concept, link, aspect)
    name = naming.satellite(
        subject,
        aspect,
        told.origin,
        multi_active=bool(satellite.child_key),
        is_reference=told.concept.kind is Kind.REFERENCE,
    )
    role = f"{told.role}_{link}" if link else told.role
    return History(
        kind="satellite",
        told=told,
        name=name,
        aspect=aspect,
        link=link,
        version=naming.hash_difference(role, aspect),
        parents=parents,
        columns=told.columns(satellite.attributes),
        attributes=names,
        child_key=satellite.child_key,
    )


def _part(concept: Concept, link: str | None, aspect: str) -> Satellite:
    return (concept.links[link].satellites if link else concept.satellites)[aspect]


def _effectivity(told: Described, name: str) -> History:
    owner, version = naming.hub_key(told.concept.concept), naming.link_key(told.concept.concept, name)
    return History(
        kind="effectivity",
        told=told,
        name=naming.effectivity(told.concept.concept, name, told.origin),
        aspect=name,
        link=None,
        version=naming.link_key(told.role, name),
        parents=(
            (owner, hub_of(told.concept), owner),
            (version, naming.link(told.concept.concept, name), version),
        ),
    )


def _event(told: Described, aspect: str, names: tuple[str, ...]) -> History:
    links = tuple(told.concept.links.values())
    return History(
        kind="event",
        told=told,
        name=naming.transaction(told.concept.concept, told.origin),
        aspect=aspect,
        link=None,
        version=naming.hash_difference(told.role, aspect),
        parents=tuple(parent for link in links for parent in participants(link)),
        columns=told.columns({**told.concept.key, **told.concept.satellites[aspect].attributes}),
        attributes=names,
        members=tuple(key for link in links for key in hub_keys(link)),
    )


def presences(table: TableDesign) -> Iterator[Presence]:
    """Every table of coming and going that the delivered table feeds; nothing where absence and flags say nothing."""
    if not tells_presence(table):
        return
    hashed = {key.column: key for key in table.hashed_keys()}
    for told in table.feeds.values():
        if told.is_listed and (not told.concept.is_event or not is_snapshot(table)):
            key = naming.hub_key(told.concept.concept)
            parents = () if told.concept.is_event else ((key, hub_of(told.concept), key),)
            name = naming.status(told.concept.concept, told.origin)
            yield Presence(told, name, None, (hashed[told.key],), (), parents)
    for told, link_name, link in table.links():
        if not link.driven and not told.concept.is_event:
            key = naming.link_key(told.concept.concept, link_name)
            parents = ((key, naming.link(told.concept.concept, link_name), key),)
            name = naming.status(f"{told.concept.concept}_{link_name}", told.origin)
            members = tuple(hashed[k] for k in (told.key, *hub_keys(link)))
            yield Presence(told, name, link_name, members, table.link_parts(told, link), parents)


def fed_by(plan: Design, concept: Concept, aspect: str, link: str | None = None) -> list[History]:
    """The tables of history of one aspect of a concept or of a relation of it, one a source table."""
    return [
        history
        for table in plan.tables
        for history in histories(table)
        if history.told.concept.concept == concept.concept and (history.aspect, history.link) == (aspect, link)
        if history.kind != "effectivity"
    ]


def effectivities(plan: Design, concept: Concept, name: str) -> list[str]:
    """The effectivity satellites of a relation."""
    return [
        history.name
        for table in plan.tables
        for history in histories(table)
        if history.told.concept.concept == concept.concept and history.kind == "effectivity" and history.aspect == name
    ]


def statuses(plan: Design, concept: Concept, link: str | None = None) -> list[str]:
    """The tables that tell whether a key of the concept, or of a relation of it, is there."""
    return [
        presence.name
        for table in plan.tables
        for presence in presences(table)
        if presence.told.concept.concept == concept.concept and presence.link == link
    ]


def others(plan: Design, concept: Concept) -> dict[str, list[str]]:
    """Satellites of sources whose silence says nothing: those of versions, and those of sets."""
    found: dict[str, list[str]] = {"versions": [], "sets": []}
    for table in plan.tables:
        if not tells_presence(table):
            for history in histories(table):
                if history.told.concept.concept == concept.concept and history.kind == "satellite" and not history.link:
                    found["sets" if history.child_key else "versions"].append(history.name)
    return {kind: names for kind, names in found.items() if names}


def holding(plan: Design, concept: Concept, name: str) -> dict[str, Any]:
    """The tables that say whether a relation holds: of a driven one its owner may be gone, of another one it itself."""
    held = effectivities(plan, concept, name)
    return {
        "effectivities": held,
        "statuses": statuses(plan, concept, None if held else name),
        "others": others(plan, concept) if held else {},
        "gone_key": naming.hub_key(concept.concept) if held else naming.link_key(concept.concept, name),
    }
