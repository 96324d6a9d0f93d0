"""The way of a bridge: which relations follow each other, from a concept to what it reaches and on from there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from concepts.errors import ModelError
from concepts.metamodel import Bridge, Concept, ConceptModel


@dataclass(frozen=True)
class Hop:
    """One relation of the way: its owner, and in which role of which earlier hop the owner was reached."""

    name: str
    concept: Concept
    link: str
    role: str | None = None
    from_hop: str | None = None


def hops(model: ConceptModel, start: Concept, bridge: Bridge) -> Iterator[Hop]:
    """The relations of a bridge in order; ModelError where the way breaks off.

    ``link`` is a relation of the bridge's own concept, ``role.link`` one of the concept that an earlier hop reached.
    """
    reached: dict[str, tuple[Concept, str]] = {}
    for place in bridge.path:
        role, _, link = place.rpartition(".")
        if role and role not in reached:
            raise ModelError(f"{place}: no earlier relation of the path reaches {role}; put one that does before it")
        owner, from_hop = reached[role] if role else (start, None)
        if link not in owner.links:
            raise ModelError(f"{place}: {owner.concept} has no link {link}; mend the name")
        hop = Hop(place.replace(".", "__"), owner, link, role or None, from_hop)
        for participant in owner.links[link].participants:
            if participant.role in reached or participant.role == start.concept:
                raise ModelError(f"{place}: {participant.role} is reached twice; leave one relation out")
            reached[participant.role] = (model[participant.concept], hop.name)
        yield hop
