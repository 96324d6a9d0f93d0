"""Where things are: which warehouse tables hold a concept's attributes, and which delivered columns feed them."""

from __future__ import annotations

from collections.abc import Iterator

from concepts.generator import naming
from concepts.generator.design import Described, Design, TableDesign, is_snapshot
from concepts.metamodel import Concept, Frozen, Kind


class WarehouseTable(Frozen):
    """A table of the vault: what kind, about which concept, which attributes, and the deliveries it is made from."""

    name: str
    kind: str
    concept: str | None
    attributes: tuple[str, ...]
    deliveries: tuple[str, ...]
    roles: tuple[str, ...] = ()  # whom a relation joins


class Origin(Frozen):
    """One delivered column that feeds one attribute."""

    delivery: str  # source.table
    header: str
    landing: str
    concept: str
    attribute: str


def origins(plan: Design) -> tuple[Origin, ...]:
    """Every pair of delivered column and attribute, in the order of the mappings."""
    return tuple(
        Origin(
            delivery=table.record_source,
            header=header,
            landing=table.mapping.landing_name(header),
            concept=told.concept.concept,
            attribute=attribute,
        )
        for table in plan.tables
        for told in table.feeds.values()
        for attribute, header in {**told.feed.key, **told.feed.attributes}.items()
    )


def warehouse_tables(plan: Design) -> dict[str, WarehouseTable]:
    """Every vault table by name, as the generator names it."""
    made = [*_of_concepts(plan), *(found for table in plan.tables for found in _of_delivery(table))]
    return {table.name: table for table in made}


def _of_concepts(plan: Design) -> Iterator[WarehouseTable]:
    """The tables that hold a concept from every delivery."""
    for concept in plan.model.concepts.values():
        deliveries = tuple(dict.fromkeys(told.table.record_source for told in plan.fed(concept.concept)))
        if not deliveries:
            continue
        for kind, name, attributes in _names_of(concept):
            yield WarehouseTable(
                name=name, kind=kind, concept=concept.concept, attributes=attributes, deliveries=deliveries
            )
        for name, link in concept.links.items() if concept.kind is Kind.HUB else ():
            yield WarehouseTable(
                name=naming.link(concept.concept, name),
                kind="link",
                concept=concept.concept,
                attributes=(),
                deliveries=deliveries,
                roles=tuple(participant.role for participant in link.participants),
            )


def _names_of(concept: Concept) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    key, everything = tuple(concept.key), tuple(concept.attributes)
    if concept.kind is Kind.TRANSACTION:
        yield "transaction", naming.transaction(concept.concept), everything
        return
    if concept.kind is Kind.REFERENCE:
        yield "reference", naming.reference(concept.concept), everything
        return
    yield "hub", naming.hub(concept.concept), key
    several = {name for name, part in concept.satellites.items() if part.child_key}
    single = (n for aspect, part in concept.satellites.items() if aspect not in several for n in part.attributes)
    yield "current", naming.current(concept.concept), (*key, *single)
    for aspect in sorted(several):
        yield "current", naming.current(concept.concept, aspect), tuple(concept.satellites[aspect].attributes)
    if concept.point_in_time:
        yield "point_in_time", naming.point_in_time(concept.concept), ()


def _of_delivery(table: TableDesign) -> Iterator[WarehouseTable]:
    """The tables that hold one delivered table's rows."""
    here = (table.record_source,)
    yield WarehouseTable(name=table.name, kind="staging", concept=None, attributes=(), deliveries=here)
    for told, aspect, names in table.satellites():
        if told.concept.kind is Kind.HUB:
            several = bool(told.concept.satellites[aspect].child_key)
            name = naming.satellite(told.concept.concept, aspect, told.origin, multi_active=several)
            yield _holding(told, name, "satellite", names)
    for told, link_name, link in table.links():
        if link.driven and told.concept.kind is Kind.HUB:
            name = naming.effectivity(told.concept.concept, link_name, told.origin)
            roles = tuple(participant.role for participant in link.participants)
            yield _holding(told, name, "effectivity", ()).model_copy(update={"roles": roles})
    for told in table.feeds.values():
        if is_snapshot(table) and told.is_subject and told.concept.kind is Kind.HUB:
            yield _holding(told, naming.status(told.concept.concept, told.origin), "status_table", ())


def _holding(told: Described, name: str, kind: str, attributes: tuple[str, ...]) -> WarehouseTable:
    return WarehouseTable(
        name=name,
        kind=kind,
        concept=told.concept.concept,
        attributes=attributes,
        deliveries=(told.table.record_source,),
    )
