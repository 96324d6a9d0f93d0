"""What is wrong with a model or a mapping although each file is well formed: every fault with file, key and remedy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Mapping
from functools import cache

import duckdb

from concepts.generator import naming
from concepts.metamodel import Concept, Kind, Link, Satellite, Sort
from concepts.rings import ring
from concepts.view_faults import view_faults

# What the vault adds to every row, and what its views add to what they show.
TECHNICAL_COLUMNS = frozenset(
    {"delivery_id", "record_number", "extract_datetime", "load_datetime", "record_source", "hashdiff", "is_present",
    "hash_recipe", "partition_value", "is_quarantined", "is_deleted", "record_id", "delivery_number"}
)  # fmt: skip
VIEW_COLUMNS = frozenset({"entry", "known_from", "known_to", "valid_from", "valid_to"})
GENERATED_ENDINGS = (naming.KEY_ENDING, naming.DIFFERENCE_ENDING)

# Reserved by Spark in ANSI mode and free in DuckDB (Spark SQL reference, "ANSI Compliance", list of keywords).
_SPARK_WORDS = frozenset(
    {"current_date", "current_time", "current_timestamp", "current_user", "escape", "filter",
    "grant", "percentile_cont", "percentile_disc", "session_user", "sql", "time", "unknown", "user", "within"}
)  # fmt: skip


@cache
def reserved_words() -> frozenset[str]:
    """Words that cannot be a bare column name: as DuckDB itself lists them, and Spark's."""
    with duckdb.connect() as connection:
        rows = connection.execute(
            "select keyword_name from duckdb_keywords() where keyword_category in ('reserved', 'type_function')"
        ).fetchall()
    return frozenset(str(row[0]) for row in rows) | _SPARK_WORDS


def name_fault(name: str) -> str | None:
    """Why the name cannot be a column of its own in the vault, with the remedy; None if it can."""
    if name in reserved_words():
        return f"{name} is a word that SQL keeps for itself; choose another name"
    if name in TECHNICAL_COLUMNS:
        return f"{name} is a column that the vault adds to every row; choose another name"
    if name.endswith(GENERATED_ENDINGS):
        return f"{name} ends like a key or hash that the generator makes; choose another ending"
    return None


def concept_faults(
    concepts: Mapping[str, Concept], queries: Mapping[str, str], unread: Container[str] = ()
) -> Iterator[str]:
    """Every fault of a model's concepts, in the order of the files.

    ``unread`` are concepts and queries that could not be read whole: what names one of them is not judged.
    """
    for concept in concepts.values():
        file = f"{concept.concept}.yml"
        yield from (f"{file}: {fault}" for fault in _attribute_faults(concept, concepts))
        yield from (f"{file}: {fault}" for fault in _kind_faults(concept))
        yield from (f"{file}: {fault}" for fault in _link_faults(concept, concepts, unread))
        yield from (f"{file}: {fault}" for fault in view_faults(concept, concepts, queries, unread))
    yield from _cycle_faults(concepts)


def _attribute_faults(concept: Concept, concepts: Mapping[str, Concept]) -> Iterator[str]:
    for where, name in _placed(concept):
        fault = name_fault(name)
        is_shown = where != "key" or concept.kind is not Kind.HUB
        if is_shown and name in VIEW_COLUMNS:
            fault = f"{name} is a column that the vault's views add; choose another name"
        if fault:
            yield f"{where}: {fault}"
    for name, attribute in concept.attributes.items():
        owner = concepts.get(attribute.codes or "")
        if owner and owner.kind is Kind.REFERENCE:
            yield (
                f"{name}.codes: the code set {attribute.codes} and the reference {attribute.codes} "
                f"would both be the table ref_{attribute.codes}; rename one of them"
            )


def _placed(concept: Concept) -> Iterator[tuple[str, str]]:
    """Each attribute with the key under which it is written."""
    yield from (("key", name) for name in concept.key)
    for aspect, satellite in concept.satellites.items():
        yield from ((f"satellites.{aspect}.attributes", name) for name in satellite.attributes)
    for link_name, link in concept.links.items():
        yield from ((f"links.{link_name}.child_key", name) for name in link.child_key)
        for aspect, satellite in link.satellites.items():
            yield from ((f"links.{link_name}.satellites.{aspect}.attributes", name) for name in satellite.attributes)


def _kind_faults(concept: Concept) -> Iterator[str]:
    if concept.kind is Kind.REFERENCE and any(part.child_key for part in concept.satellites.values()):
        yield "satellites: a reference has one row a key; take child_key out, or put what tells rows apart into the key"
    if concept.told_anew == "corrects" and not concept.is_event:
        yield f"told_anew: only a transaction is told anew, a {concept.kind} has versions; take it out"
    if not concept.is_event:
        return
    told: list[Satellite] = list(concept.satellites.values())
    if len(told) != 1 or told[0].child_key or told[0].computed:
        yield "satellites: a transaction has exactly one satellite, without child_key; bring them together in one"
    if len(concept.links) > 1:
        yield "links: a transaction has one link at most; name all participants in one"
    if any(link.child_key or link.satellites for link in concept.links.values()):
        yield "links: a transaction is told whole in its satellite; move the attributes of the link there"
    if concept.point_in_time or concept.bridges or concept.tracked:
        yield "point_in_time, bridges, tracked: a transaction has no history to follow; take them out"


def _link_faults(concept: Concept, concepts: Mapping[str, Concept], unread: Container[str]) -> Iterator[str]:
    for name, link in concept.links.items():
        roles = [participant.role for participant in link.participants]
        if len(set(roles)) < len(roles) or concept.concept in roles:
            yield f"links.{name}: a role stands twice; give each participant its own role"
        key = naming.link_key(concept.concept, name)
        if key in map(naming.hub_key, roles) and not concept.is_event:  # an event's relation has no key
            yield f"links.{name}: {key} would be the key of a role and of the relation itself; rename the role"
        for participant in link.participants:
            target = concepts.get(participant.concept)
            if participant.concept in unread:
                continue
            if target is None:
                yield f"links.{name}: no concept {participant.concept}; add {participant.concept}.yml or mend the name"
            elif target.kind is not Kind.HUB:
                yield f"links.{name}: {participant.concept} is a {target.kind}; link to a hub"
        yield from (f"links.{name}: {fault}" for fault in _sort_faults(concept, link))
    driven = {name: {p.role for p in link.participants} for name, link in concept.links.items() if link.driven}
    for role, times in Counter(role for roles in driven.values() for role in roles).items():
        if times > 1:
            both = " and ".join(f"links.{name}" for name, roles in driven.items() if role in roles)
            key = naming.hub_key(role)
            yield f"{both}: {role} is in each, so {key} would stand twice in one table; give it another role in one"


def _sort_faults(concept: Concept, link: Link) -> Iterator[str]:
    if link.sort is Sort.RELATION:
        return
    if [p.concept for p in link.participants] != [concept.concept]:
        yield f"a {link.sort} joins {concept.concept} with itself in one other role; name that one participant"
    if link.sort is Sort.SAME_AS and concept.concept == "master":
        yield "master_hk would be the key of the concept and of the one that stands for all; rename the concept"
    if link.sort is Sort.SAME_AS and not link.driven:
        yield "of a same_as each points to one other; take driven: false out"


def _cycle_faults(concepts: Mapping[str, Concept]) -> Iterator[str]:
    """Concepts that drive each other under their own names: one relation told from two ends, which can disagree.

    A participant in a role of its own (a department's head, who works in a department) is another relation.
    """
    told: set[frozenset[str]] = set()
    for start in sorted(concepts):
        way = ring(start, lambda name: _driven_by(name, concepts))
        if way and frozenset(way) not in told:
            told.add(frozenset(way))
            links = ", ".join(_drives(a, b, concepts) for a, b in zip(way, (*way[1:], start), strict=True))
            yield (
                f"{start}.yml: links: {' -> '.join((*way, start))} is a cycle of driving keys ({links}); "
                "keep one end, set driven: false in another, or give the participant a role if it means another thing"
            )


def _driven_by(name: str, concepts: Mapping[str, Concept]) -> list[str]:
    concept = concepts.get(name)
    links = concept.links.values() if concept else ()
    return sorted({p.concept for link in links if link.driven for p in link.participants if p.role == p.concept})


def _drives(owner: str, target: str, concepts: Mapping[str, Concept]) -> str:
    links = concepts[owner].links.items()
    name = next(n for n, link in links if link.driven and target in {p.role for p in link.participants})
    return f"{owner}.yml links.{name}"
