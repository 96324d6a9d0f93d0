"""The generated models that read the raw vault: load ledger, current views and point-in-time tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from concepts.generator import naming
from concepts.generator.design import Column, Described, Design, TableDesign, is_snapshot
from concepts.generator.models import Model, hub_keys, told_links
from concepts.metamodel import Concept, Kind


def every_view(plan: Design) -> Iterator[Model]:
    """The ledger's counts, and the business vault that marts read."""
    yield from _ledgers(plan)
    for concept in plan.model.concepts.values():
        if concept.kind is not Kind.HUB or not plan.fed(concept.concept):
            continue
        yield _current(plan, concept)
        yield from _current_sets(plan, concept)
        if concept.point_in_time:
            yield _point_in_time(plan, concept)


def _ledgers(plan: Design) -> Iterator[Model]:
    names = []
    for table in plan.tables:
        name = naming.ledger(table.source, table.table)
        names.append(name)
        context = {"record_source": table.record_source, "staging": table.name, "targets": list(_targets(table))}
        yield Model("staging", name, "ledger", context, f"What became of every staged record of {table.record_source}.")
    columns = tuple(
        Column(n, "bigint") for n in ("staged", "unknown_key", "new", "unchanged", "duplicate", "conflicting")
    )
    what = "Per delivery and target: records staged = unknown key + new + unchanged + duplicate + conflicting."
    key = ("delivery_id", "target", "subject")
    yield Model("ledger", "load_ledger", "load_ledger", {"tables": names}, what, key, (), columns)


def _targets(table: TableDesign) -> Iterator[dict[str, Any]]:
    for told in table.feeds.values():
        kind, concept = told.concept.kind, told.concept.concept
        own = {"key": f"'{told.key}'", "target_key": f"'{naming.hub_key(concept)}'", "subject": f"'{told.role}'"}
        if kind is Kind.HUB:
            yield {"macro": "key_counts", "name": naming.hub(concept), "arguments": own}
        if kind is Kind.TRANSACTION:
            (aspect,) = told.concept.satellites
            version = {"version": f"'{naming.hash_difference(told.role, aspect)}'"}
            yield {"macro": "event_counts", "name": naming.transaction(concept), "arguments": own | version}
    for told, name, _ in table.links():
        if told.concept.kind is Kind.HUB:
            own_key, key = naming.link_key(told.role, name), naming.link_key(told.concept.concept, name)
            arguments = {"key": f"'{own_key}'", "target_key": f"'{key}'", "subject": f"'{told.role}'"}
            arguments["told_when"] = f"'{told.key}'"
            yield {"macro": "key_counts", "name": naming.link(told.concept.concept, name), "arguments": arguments}
    yield from _versions(table)


def _versions(table: TableDesign) -> Iterator[dict[str, Any]]:
    for told, aspect, _ in table.satellites():
        concept, satellite = told.concept, told.concept.satellites[aspect]
        if concept.kind is Kind.TRANSACTION:
            continue
        several = bool(satellite.child_key)
        name = naming.satellite(concept.concept, aspect, told.origin, multi_active=several)
        child = {column: told.landing(column) for column in satellite.child_key}
        yield _version(
            told,
            naming.reference(concept.concept) if concept.kind is Kind.REFERENCE else name,
            naming.hash_difference(told.role, aspect),
            "hashdiff",
            child,
        )
    for told, name, link in table.links():
        if told.concept.kind is Kind.HUB and link.driven:
            version, key = naming.link_key(told.role, name), naming.link_key(told.concept.concept, name)
            yield _version(told, naming.effectivity(told.concept.concept, name, told.origin), version, key, {})


def _version(told: Described, name: str, version: str, target: str, child: dict[str, str | None]) -> dict[str, Any]:
    arguments = {
        "key": f"'{told.key}'",
        "target_key": f"'{naming.hub_key(told.concept.concept)}'",
        "subject": f"'{told.role}'",
        "version": f"'{version}'",
        "target_version": f"'{target}'",
    }
    if child:
        arguments["child_key"] = str(child)
    return {"macro": "version_counts", "name": name, "arguments": arguments}


def _satellite_names(plan: Design, concept: Concept, aspect: str) -> list[str]:
    several = bool(concept.satellites[aspect].child_key)
    return [
        naming.satellite(concept.concept, aspect, told.origin, multi_active=several)
        for table in plan.tables
        for told, told_aspect, _ in table.satellites()
        if told.concept == concept and told_aspect == aspect
    ]


def _current(plan: Design, concept: Concept) -> Model:
    standard = {a: s for a, s in concept.satellites.items() if not s.child_key and _satellite_names(plan, concept, a)}
    aspects = [
        {"name": a, "tables": _satellite_names(plan, concept, a), "columns": _columns(s.attributes)}
        for a, s in standard.items()
    ]
    links = [
        {
            "name": name,
            "table": naming.link(concept.concept, name),
            "key": naming.link_key(concept.concept, name),
            "columns": hub_keys(link),
            "effectivities": [
                naming.effectivity(concept.concept, name, told.origin)
                for table in plan.tables
                for told, told_name, _ in table.links()
                if told.concept == concept and told_name == name
            ],
        }
        for name, link in told_links(plan, concept).items()
        if link.driven
    ]
    statuses, others = _presence(plan, concept)
    times = [f"latest_{part['name']}.extract_datetime" for part in aspects]
    times += [f"related_{part['name']}.extract_datetime" for part in links]
    context = {
        "concept": concept,
        "key": naming.hub_key(concept.concept),
        "hub": naming.hub(concept.concept),
        "aspects": aspects,
        "links": links,
        "statuses": statuses,
        "others": others,
        "times": times,
    }
    columns = tuple(c for s in standard.values() for c in _columns(s.attributes))
    columns = (*_columns(concept.key), *columns)
    what = f"{concept.term.en} as known now: its latest attributes and relations. {concept.definition.en}"
    key = (naming.hub_key(concept.concept),)
    return Model("business_vault", naming.current(concept.concept), "current", context, what, key, (), columns)


def _presence(plan: Design, concept: Concept) -> tuple[list[str], list[str]]:
    """Tables that say whether a key is there, and satellites of sources whose silence says nothing."""
    subjects = [told for told in plan.fed(concept.concept) if told.is_subject]
    statuses = [naming.status(concept.concept, t.origin) for t in subjects if is_snapshot(t.table)]
    others = [
        naming.satellite(concept.concept, aspect, told.origin, multi_active=bool(concept.satellites[aspect].child_key))
        for table in plan.tables
        if not is_snapshot(table)
        for told, aspect, _ in table.satellites()
        if told.concept == concept
    ]
    return statuses, others


def _current_sets(plan: Design, concept: Concept) -> Iterator[Model]:
    for aspect, satellite in concept.satellites.items():
        tables = _satellite_names(plan, concept, aspect)
        if not satellite.child_key or not tables:
            continue
        key, columns = naming.hub_key(concept.concept), _columns(satellite.attributes)
        context = {
            "concept": concept,
            "aspect": aspect,
            "key": key,
            "child_key": satellite.child_key,
            "columns": columns,
            "tables": list(zip(tables, _set_statuses(plan, concept, aspect), strict=True)),
        }
        name = naming.current(concept.concept, aspect)
        what = f"The latest {aspect} rows of each {concept.concept}."
        yield Model("business_vault", name, "current_set", context, what, (key, *satellite.child_key), (), columns)


def _set_statuses(plan: Design, concept: Concept, aspect: str) -> list[str | None]:
    """For each source of a set, the table that tells whether a key is still in its snapshots, if it gives any."""
    return [
        naming.status(concept.concept, told.origin) if is_snapshot(table) else None
        for table in plan.tables
        for told, told_aspect, _ in table.satellites()
        if told.concept == concept and told_aspect == aspect
    ]


def _columns(attributes: Any) -> tuple[Column, ...]:
    return tuple(Column(name, a.type.sql, attribute=a) for name, a in attributes.items())


def _point_in_time(plan: Design, concept: Concept) -> Model:
    assert concept.point_in_time is not None
    tables = [n for aspect in concept.point_in_time.satellites for n in _satellite_names(plan, concept, aspect)]
    context = {
        "concept": concept,
        "key": naming.hub_key(concept.concept),
        "hub": naming.hub(concept.concept),
        "calendar": concept.point_in_time.calendar,
        "tables": tables,
        "alias": {table: table.removeprefix(f"sat_{concept.concept}_") for table in tables},
    }
    what = f"Which version of each satellite of {concept.concept} was known at each snapshot day."
    key = (naming.hub_key(concept.concept), "snapshot_date")
    return Model("business_vault", naming.point_in_time(concept.concept), "point_in_time", context, what, key)
