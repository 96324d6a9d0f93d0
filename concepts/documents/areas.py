"""Subject areas: the concepts of one owner, and how they refer to each other and to other areas."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from concepts.metamodel import Concept, ConceptModel, Sort


@dataclass(frozen=True)
class Area:
    """The concepts that one owner decides on."""

    owner: str
    slug: str
    concepts: tuple[Concept, ...]

    @property
    def names(self) -> frozenset[str]:
        return frozenset(concept.concept for concept in self.concepts)


@dataclass(frozen=True)
class Reference:
    """One participant of one relation, seen from the relation's owner."""

    owner: str
    link: str
    role: str
    target: str
    is_driven: bool
    sort: Sort = Sort.RELATION
    child_key: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        return self.link if self.role == self.target else f"{self.link}: {self.role}"


def areas_of(model: ConceptModel) -> tuple[Area, ...]:
    """The areas in the order of their owners' names, each with a file name of its own."""
    by_owner: dict[str, list[Concept]] = {}
    for concept in model.concepts.values():
        by_owner.setdefault(concept.owner, []).append(concept)
    areas: dict[str, Area] = {}
    for owner in sorted(by_owner):
        slug = next(name for name in _slugs(owner) if name not in areas)
        areas[slug] = Area(owner, slug, tuple(by_owner[owner]))
    return tuple(areas.values())


def _slugs(owner: str) -> Iterator[str]:
    """File names for an owner, the plainest first; what follows it may be the plain name of another owner."""
    plain = re.sub(r"[^a-z0-9]+", "-", owner.casefold())[:60].strip("-") or "area"  # no file system takes any length
    yield plain
    yield from (f"{plain}-{number}" for number in count(2))


def references_of(concept: Concept) -> tuple[Reference, ...]:
    """Every participant of every relation that the concept owns."""
    return tuple(
        Reference(concept.concept, name, p.role, p.concept, link.driven, link.sort, tuple(link.child_key))
        for name, link in concept.links.items()
        for p in link.participants
    )


def referring_to(area: Area, model: ConceptModel) -> dict[str, tuple[str, ...]]:
    """Concept of the area -> the concepts of other areas that refer to it."""
    told: dict[str, list[str]] = {}
    for concept in model.concepts.values():
        for reference in references_of(concept) if concept.concept not in area.names else ():
            if reference.target in area.names and concept.concept not in told.setdefault(reference.target, []):
                told[reference.target].append(concept.concept)
    return {name: tuple(told[name]) for name in sorted(told)}
