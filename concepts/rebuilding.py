"""What of a warehouse's history would no longer fit a new model: each place with its reason. Adding is never here."""

from __future__ import annotations

from collections.abc import Iterator

from concepts.generator.design import Described, Design, TableDesign
from concepts.generator.models import told_links
from concepts.metamodel import Attribute, Concept, DataType, Frozen, Kind, Satellite


class Rebuild(Frozen):
    """One change that only a warehouse loaded anew could follow."""

    concept: str
    where: str
    reason: str


def rebuilds(old: Design, new: Design) -> tuple[Rebuild, ...]:
    """Every change between two designs that the loaded history cannot follow; what was never fed has no history."""
    found: list[Rebuild] = []
    for name, concept in old.model.concepts.items():
        if old.fed(name):
            found += [Rebuild(concept=name, where=w, reason=r) for w, r in _of_concept(old, concept, new)]
    before = {table.record_source: table for table in old.tables}
    for table in new.tables:
        if table.record_source in before:
            found += _of_delivery(before[table.record_source], table)
    return tuple(dict.fromkeys(found))


def _of_concept(old: Design, concept: Concept, new: Design) -> Iterator[tuple[str, str]]:
    name = concept.concept
    now = new.model.concepts.get(name)
    if now is None:
        yield name, "the concept is removed, and its history would belong to nothing"
        return
    if now.kind is not concept.kind:
        yield f"{name}.kind", f"is {now.kind}, was {concept.kind}: another sort of table"
    if now.key_scope != concept.key_scope:
        yield f"{name}.key_scope", f"is {now.key_scope}, was {concept.key_scope}: every hash key would be another"
    if [(n, *_stored(a)) for n, a in now.key.items()] != [(n, *_stored(a)) for n, a in concept.key.items()]:
        yield f"{name}.key", "names, order, types or pseudonyms of the key changed: every hash key would be another"
    for aspect, satellite in concept.satellites.items():
        if any(a == aspect for d in old.fed(name) for told, a, _ in d.table.satellites() if told == d):
            yield from _of_aspect(f"{name}.{aspect}", aspect, satellite, now)
    yield from _of_links(concept, set(told_links(old, concept)), now)


def _of_aspect(where: str, aspect: str, satellite: Satellite, now: Concept) -> Iterator[tuple[str, str]]:
    there = now.satellites.get(aspect)
    kept = there.attributes if there else {}
    for name, attribute in satellite.attributes.items():
        if name not in now.attributes:
            yield f"{where}.{name}", "the attribute is removed, and its history would belong to nothing"
        elif name not in kept:
            yield f"{where}.{name}", "the attribute moved to another aspect, and its history would be cut in two"
        elif _stored(attribute) != _stored(kept[name]):
            yield f"{where}.{name}", "its type or pseudonym changed: earlier values would be of another kind"
    if there and there.child_key != satellite.child_key:
        yield f"{where}.child_key", "changed: earlier rows would have another grain"
    # NULL leaves no trace in a hash difference, so only the order of those that were there counts.
    if [n for n in kept if n in satellite.attributes] != [n for n in satellite.attributes if n in kept]:
        yield f"{where}.attributes", "their order changed: every version would look new; put additions last"


def _of_links(concept: Concept, told: set[str], now: Concept) -> Iterator[tuple[str, str]]:
    for name in concept.links:
        where, there = f"{concept.concept}.{name}", now.links.get(name)
        if name not in told and not _is_event(concept):
            continue
        if there is None:
            yield where, "the relation is removed, and its history would belong to nothing"
        elif there.participants != concept.links[name].participants:
            yield where, "its participants changed: every hash key of the relation would be another"
        elif there.driven != concept.links[name].driven:
            yield where, "driven changed: earlier deliveries would not be told the same way"
    if _is_event(concept):
        for name in now.links.keys() - concept.links.keys():
            yield f"{concept.concept}.{name}", "a relation of events is new: earlier events would lack it"


def _is_event(concept: Concept) -> bool:
    return concept.kind is Kind.TRANSACTION


def _of_delivery(old: TableDesign, new: TableDesign) -> Iterator[Rebuild]:
    """Values delivered in another type although the model says the same: their canonical text and hashes change."""
    for role, told in new.feeds.items():
        before = old.feeds.get(role)
        if before is None or before.concept.concept != told.concept.concept:
            continue
        for name, (is_type, was_type) in _types(before, told).items():
            if _canonical(is_type) != _canonical(was_type):
                reason = f"{new.record_source} delivers it as {is_type}, was {was_type}: its hashes would be others"
                yield Rebuild(concept=told.concept.concept, where=f"{told.concept.concept}.{name}", reason=reason)


def _types(before: Described, now: Described) -> dict[str, tuple[DataType, DataType]]:
    """The delivered types, now and before, of the attributes that both feed and both models keep alike."""
    was, is_ = ({**told.feed.key, **told.feed.attributes} for told in (before, now))
    alike = [
        name
        for name in was
        if name in is_ and _stored(before.concept.attributes[name]) == _stored(now.concept.attributes[name])
    ]
    return {name: (now.table.type_of(is_[name]), before.table.type_of(was[name])) for name in alike}


def _stored(attribute: Attribute) -> tuple[str, str | None]:
    """What decides how a value lies in the vault."""
    return _canonical(attribute.type), attribute.pseudonym


def _canonical(type_: DataType) -> str:
    """Texts and codes are kept and hashed alike."""
    return "text" if type_ in (DataType.STRING, DataType.CODE) else str(type_)
