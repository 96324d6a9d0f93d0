"""What of a warehouse's history would no longer fit a new model: each place with its reason. Additions always fit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from concepts.generator.design import Design, FeedDesign, TableDesign, is_snapshot
from concepts.generator.models import told_links
from concepts.generator.presences import presences
from concepts.metamodel import Attribute, Concept, DataType, Frozen, Satellite
from concepts.sources import Semantics


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
    if _recipe(now.key) != _recipe(concept.key):
        what = "names, order, types, spellings or pseudonyms of the key changed"
        yield f"{name}.key", f"{what}: every hash key would be another"
    for aspect, satellite in concept.satellites.items():
        if any(a == aspect for feed in old.fed(name) for other, a, _ in feed.table.satellites() if other == feed):
            yield from _of_aspect(f"{name}.{aspect}", satellite, now.satellites.get(aspect), now)
    yield from _of_links(concept, set(told_links(old, concept)), now)
    for link, aspect in _told_aspects_of_links(old, name):
        if link in now.links:
            there = now.links[link].satellites.get(aspect)
            yield from _of_aspect(f"{name}.{link}.{aspect}", concept.links[link].satellites[aspect], there, now)


def _told_aspects_of_links(design: Design, concept: str) -> dict[tuple[str, str], None]:
    """Link and aspect of each satellite of a relation that some delivery feeds, each once."""
    told = (found for table in design.tables for found in table.link_satellites())
    return dict.fromkeys((link, aspect) for owner, link, aspect, _ in told if owner.concept.concept == concept)


def _of_aspect(where: str, satellite: Satellite, there: Satellite | None, now: Concept) -> Iterator[tuple[str, str]]:
    if there and there.computed:
        yield f"{where}.computed", "is computed now, and the history that sources told would belong to nothing"
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
        if name not in told and not concept.is_event:
            continue
        if there is None:
            yield where, "the relation is removed, and its history would belong to nothing"
        elif there.participants != concept.links[name].participants:
            yield where, "its participants changed: every hash key of the relation would be another"
        elif _recipe(there.child_key) != _recipe(concept.links[name].child_key):
            yield f"{where}.child_key", "changed: every hash key of the relation would be another"
        elif there.driven != concept.links[name].driven:
            yield where, "driven changed: earlier deliveries would not be told the same way"
    if concept.is_event:
        for name in now.links.keys() - concept.links.keys():
            yield f"{concept.concept}.{name}", "a relation of events is new: earlier events would lack it"


def _of_delivery(old: TableDesign, new: TableDesign) -> Iterator[Rebuild]:
    yield from _of_parts(old, new)
    yield from _of_leaving(old, new)
    yield from _of_types(old, new)
    yield from _of_landing(old, new)
    yield from _of_landed_types(old, new)


def _of_parts(old: TableDesign, new: TableDesign) -> Iterator[Rebuild]:
    """Whole deliveries that become parts, or parts that become a whole: presence is told for each part by itself."""
    if (old.mapping.semantics is Semantics.PARTITION) == (new.mapping.semantics is Semantics.PARTITION):
        return
    kept = {presence.name for presence in presences(new)}
    for presence in presences(old):
        if presence.name in kept:
            is_, was = new.mapping.semantics, old.mapping.semantics
            reason = f"is {is_}, was {was}: what {presence.name} holds of the one would never leave by the other"
            yield Rebuild(concept=presence.feed.concept.concept, where=f"{new.record_source}.semantics", reason=reason)


def _of_leaving(old: TableDesign, new: TableDesign) -> Iterator[Rebuild]:
    """Tables of presence that begin empty: by absence leaves only what they have seen, and a relation by a flag too."""
    known = {presence.name for presence in presences(old) if presence.by != "telling"}
    fed = {(role, None) for role in old.feeds} | {(feed.role, link) for feed, link, _ in old.links()}
    is_, was = new.mapping.semantics, old.mapping.semantics
    for presence in presences(new):
        if presence.name in known or (presence.feed.role, presence.link) not in fed:
            continue
        if presence.by == "absence" and not is_snapshot(old):
            where, change = f"{new.record_source}.semantics", f"is {is_}, was {was}"
        elif presence.by == "flag" and not presence.can_begin_gone:
            where, change = f"{new.record_source}.deleted", "says of more than before who is gone"
        else:
            continue
        reason = f"{change}: what earlier deliveries told of {presence.subject} would never leave"
        yield Rebuild(concept=presence.feed.concept.concept, where=where, reason=reason)


def _of_types(old: TableDesign, new: TableDesign) -> Iterator[Rebuild]:
    """Values delivered in another type although the model says the same: their canonical text and hashes change."""
    for role, feed in new.feeds.items():
        before = old.feeds.get(role)
        if before is None or before.concept.concept != feed.concept.concept:
            continue
        for name, (is_type, was_type) in _types(before, feed).items():
            if _canonical(is_type) != _canonical(was_type):
                reason = f"{new.record_source} delivers it as {is_type}, was {was_type}: its hashes would be others"
                yield Rebuild(concept=feed.concept.concept, where=f"{feed.concept.concept}.{name}", reason=reason)


def _of_landing(old: TableDesign, new: TableDesign) -> Iterator[Rebuild]:
    """Columns that take the place of others under a name that landed rows, which a late delivery reads again, lack."""
    known, before = {column.name: column.type for column in old.landed}, _uses(old)
    found: dict[str, Rebuild] = {}
    for use, (concept, header) in _uses(new).items():
        if use not in before:
            continue
        name, had = new.mapping.landing_name(header), old.mapping.landing_name(before[use][1])
        if name != had and known.get(name) != new.type_of(header).sql:
            reason = (
                f"lands as {name}, but earlier rows, which a late delivery reads again, have it as {had}: "
                f"say name: {had}"
            )
            where = f"{new.record_source}.columns.{header}"
            found.setdefault(header, Rebuild(concept=concept, where=where, reason=reason))
    yield from found.values()


def _of_landed_types(old: TableDesign, new: TableDesign) -> Iterator[Rebuild]:
    """Columns that feed something else, or nothing, in another type than that in which earlier rows have landed."""
    known = {old.mapping.landing_name(header): header for header in old.mapping.columns}
    told_before, told_now = _uses(old), _uses(new)
    for header, column in new.mapping.columns.items():
        was = known.get(new.mapping.landing_name(header))
        if was is None or old.type_of(was).sql == new.type_of(header).sql:
            continue
        uses = {use for use, (_, told) in told_now.items() if told == header}
        if uses & told_before.keys():
            continue  # told with the attribute, or with the column whose place it takes
        concepts = [concept for concept, told in told_before.values() if told == was]
        remedy = "another name:" if uses or column.type else f"type: {old.type_of(was)}"
        yield Rebuild(
            concept=next(iter(concepts), next(iter(new.feeds.values())).concept.concept),
            where=f"{new.record_source}.columns.{header}",
            reason=f"landed as {old.type_of(was)} and would land as {new.type_of(header)}: say {remedy} here",
        )


def _uses(table: TableDesign) -> dict[tuple[str, ...], tuple[str, str]]:
    """All that a row of the table tells, with the concept that it is about and the header that tells it."""
    found: dict[tuple[str, ...], tuple[str, str]] = {}
    for role, feed in table.feeds.items():
        name = feed.concept.concept
        found |= {("attribute", role, name, a): (name, header) for a, header in feed.mapping.headers.items()}
        found |= {("when", role, name): (name, feed.mapping.when)} if feed.mapping.when else {}
        found |= {("deleted",): (name, table.mapping.deleted.column)} if table.mapping.deleted else {}
    return found


def _types(before: FeedDesign, now: FeedDesign) -> dict[str, tuple[DataType, DataType]]:
    """The delivered types, now and before, of the attributes that both feed and both models keep alike."""
    was, is_ = before.mapping.headers, now.mapping.headers
    alike = [
        name
        for name in was
        if name in is_
        and name in now.concept.attributes
        and _stored(before.concept.attributes[name]) == _stored(now.concept.attributes[name])
    ]
    return {name: (now.table.type_of(is_[name]), before.table.type_of(was[name])) for name in alike}


def _recipe(key: Mapping[str, Attribute]) -> list[tuple[object, ...]]:
    """What a hash key is made of: the attributes in order, and how the value of each is stored."""
    return [(name, *_stored(attribute)) for name, attribute in key.items()]


def _stored(attribute: Attribute) -> tuple[object, ...]:
    """What decides how a value is stored: its type, its pseudonym and, in a key, the spellings that are made one."""
    return _canonical(attribute.type), attribute.pseudonym, frozenset(attribute.canonical)


def _canonical(type_: DataType) -> str:
    """Texts and codes are kept and hashed alike."""
    return "text" if type_ in (DataType.STRING, DataType.CODE) else str(type_)
