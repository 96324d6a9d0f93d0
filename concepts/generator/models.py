"""What each generated dbt model says: its layer, name, template and the template's words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from concepts.generator import naming
from concepts.generator.design import Column, Described, Design, TableDesign, is_snapshot
from concepts.metamodel import Attribute, Concept, Kind, Link


@dataclass(frozen=True)
class Model:
    """One dbt model: where it goes, which template writes it with which words, and what its columns are."""

    layer: str
    name: str
    template: str
    context: dict[str, Any]
    description: str
    key: tuple[str, ...] = ()
    parents: tuple[tuple[str, str, str], ...] = ()  # (column, table that it refers to, that table's column)
    columns: tuple[Column, ...] = ()


def every_model(plan: Design) -> Iterator[Model]:
    """All models of the vault that a delivery feeds."""
    yield from (_staging(table) for table in plan.tables)
    for concept in plan.model.concepts.values():
        if plan.fed(concept.concept) and concept.kind is Kind.HUB:
            yield _hub(plan, concept)
            yield from (_link(plan, concept, name) for name in told_links(plan, concept))
        if plan.fed(concept.concept) and concept.kind is Kind.TRANSACTION:
            yield _transaction(plan, concept)
    for table in plan.tables:
        yield from _satellites(table)
        yield from _effectivities(table)
        yield from _statuses(table)


def told_links(plan: Design, concept: Concept) -> dict[str, Link]:
    """The concept's relations that at least one table tells of."""
    told = {name for table in plan.tables for d, name, _ in table.links() if d.concept == concept}
    return {name: link for name, link in concept.links.items() if name in told}


def type_words(columns: tuple[Column, ...]) -> str:
    """Columns as the ghost macro takes them: a Jinja mapping of name to type."""
    return "{" + ", ".join(f"'{column.name}': '{column.type}'" for column in columns) + "}"


def _staging(table: TableDesign) -> Model:
    landing = tuple(Column(table.mapping.landing_name(h), table.type_of(h).sql) for h in table.mapping.columns)
    hashed = {key.column: key for key in table.hashed_keys()}
    context = {
        "table": table,
        "landed": f"{table.source}__{table.table}",
        "keys": list(hashed.values()),
        "texts": _texts(table),
        "links": [
            {"column": naming.link_key(told.role, name), "members": [hashed[k] for k in (told.key, *hub_keys(link))]}
            for told, name, link in table.links()
            if told.concept.kind is Kind.HUB
        ],
        "differences": [
            {"column": h.column, "pairs": list(zip(h.names, h.parts, strict=True))} for h in table.differences()
        ],
        "columns": [column.name for column in landing],
    }
    what = f"Records of {table.record_source} that wait for their load, with keys and hash differences."
    return Model("staging", table.name, "staging", context, what, columns=landing)


def _texts(table: TableDesign) -> list[dict[str, str]]:
    """The landing columns that keys are made of, each once, with the type that its canonical text depends on."""
    parts = dict.fromkeys(part for key in table.hashed_keys() for part in key.parts if part[0] != "'")
    return [dict(zip(("name", "type"), f"{part}:".split(":"), strict=False)) for part in parts]


def _counted(parts: tuple[str, ...]) -> list[str]:
    """Key parts as expressions where no staging column holds their canonical text."""
    words = {part: ", ".join(map(repr, f"held.{part}".split(":"))) for part in parts}
    return [f'"{part}"' if part[0] == "'" else f"counted({word})" for part, word in words.items()]


def hub_keys(link: Link) -> list[str]:
    """The hash keys of a relation's participants, by role."""
    return [naming.hub_key(participant.role) for participant in link.participants]


def _hub(plan: Design, concept: Concept) -> Model:
    key = naming.hub_key(concept.concept)
    columns = tuple(Column(name, a.type.sql, attribute=a) for name, a in concept.key.items())
    context = {
        "concept": concept,
        "key": key,
        "feeds": plan.fed(concept.concept),
        "columns_text": type_words(columns),
    }
    what = f"{concept.term.en} ({concept.term.fi}, {concept.term.sv}). {concept.definition.en}"
    return Model("raw_vault", naming.hub(concept.concept), "hub", context, what, (key,), (), columns)


def _link(plan: Design, concept: Concept, name: str) -> Model:
    link, key = concept.links[name], naming.link_key(concept.concept, name)
    owner = naming.hub_key(concept.concept)
    told = [
        d for table in plan.tables for d, told_name, _ in table.links() if d.concept == concept and told_name == name
    ]
    keys, roles = [owner, *hub_keys(link)], [concept.concept, *(p.role for p in link.participants)]
    context = {
        "roles": roles,
        "key": key,
        "feeds": [
            {
                "link_column": naming.link_key(d.role, name),
                "hub_keys": list(zip([d.key, *hub_keys(link)], keys, strict=True)),
                "staging": d.table.name,
                "owner_key": d.key,
            }
            for d in told
        ],
        "hub_keys": keys,
        "ghost_key_columns": [key, *keys],
    }
    parents = ((owner, naming.hub(concept.concept), owner), *participants(link))
    what = f"Which {', '.join(roles)} belong together."
    return Model("raw_vault", naming.link(concept.concept, name), "link", context, what, (key,), parents)


def participants(link: Link) -> tuple[tuple[str, str, str], ...]:
    """The hubs that a relation refers to, each with the column that does."""
    return tuple((naming.hub_key(p.role), naming.hub(p.concept), naming.hub_key(p.concept)) for p in link.participants)


def _satellites(table: TableDesign) -> Iterator[Model]:
    for told, aspect, _ in table.satellites():
        if told.concept.kind is Kind.HUB:
            yield _satellite(told, aspect)
        elif told.concept.kind is Kind.REFERENCE:
            yield _reference(told, aspect)


def _satellite(told: Described, aspect: str) -> Model:
    satellite = told.concept.satellites[aspect]
    several = bool(satellite.child_key)
    columns = told.columns(satellite.attributes)
    key, name = (
        naming.hub_key(told.concept.concept),
        naming.satellite(told.concept.concept, aspect, told.origin, multi_active=several),
    )
    grain = f"One row per {told.concept.concept} and change of its {aspect}, as {told.table.record_source} told it."
    if several:
        grain = grain.replace(" and change", f", {', '.join(satellite.child_key)} and change")
    context = _history_words(told, key, columns, grain) | {
        "version": naming.hash_difference(told.role, aspect),
        "version_name": "hashdiff",
        "child_key": satellite.child_key,
    }
    template = "multi_active" if several else "satellite"
    unique = (key, "extract_datetime", *satellite.child_key)
    parents = ((key, naming.hub(told.concept.concept), key),)
    return Model("raw_vault", name, template, context, grain, unique, parents, columns)


def _history_words(told: Described, key: str, columns: tuple[Column, ...], grain: str) -> dict[str, Any]:
    return {
        "grain": grain,
        "key": key,
        "staged_key": told.key,
        "staging": told.table.name,
        "record_source": told.table.record_source,
        "columns": columns,
        "columns_text": type_words(columns),
    }


def _reference(told: Described, aspect: str) -> Model:
    concept = told.concept
    columns = told.columns({**concept.key, **concept.satellites[aspect].attributes})
    grain = f"One row per {concept.concept} and change of its {aspect}, as {told.table.record_source} told it."
    key = naming.hub_key(concept.concept)
    context = _history_words(told, key, columns, grain) | {
        "version": naming.hash_difference(told.role, aspect),
        "version_name": "hashdiff",
    }
    name = naming.reference(concept.concept)
    return Model("raw_vault", name, "satellite", context, grain, (key, "extract_datetime"), (), columns)


def _effectivities(table: TableDesign) -> Iterator[Model]:
    for told, name, link in table.links():
        if told.concept.kind is not Kind.HUB or not link.driven:
            continue
        owner, version = naming.hub_key(told.concept.concept), naming.link_key(told.concept.concept, name)
        grain = f"One row per {told.concept.concept} and change of its {name}, as {table.record_source} told it."
        context = _history_words(told, owner, (), grain) | {
            "version": naming.link_key(told.role, name),
            "version_name": version,
        }
        parents = (
            (owner, naming.hub(told.concept.concept), owner),
            (version, naming.link(told.concept.concept, name), version),
        )
        own = naming.effectivity(told.concept.concept, name, told.origin)
        yield Model("raw_vault", own, "satellite", context, grain, (owner, "extract_datetime"), parents)


def _statuses(table: TableDesign) -> Iterator[Model]:
    if not is_snapshot(table):
        return
    for told in table.feeds.values():
        if not told.is_subject or told.concept.kind is not Kind.HUB:
            continue
        key = naming.hub_key(told.concept.concept)
        context = {
            "concept": told.concept,
            "record_source": table.record_source,
            "key": key,
            "staged_key": told.key,
            "staging": table.name,
            "hub": naming.hub(told.concept.concept),
            "landed": f"{table.source}__{table.table}",
            "parts": _counted(next(key.parts for key in table.hashed_keys() if key.column == told.key)),
            "key_columns": [told.landing(name) for name in told.concept.key],
        }
        what = f"When each {told.concept.concept} came into the snapshots of {table.record_source}, and when it left."
        columns = (Column("is_present", "boolean"),)
        name = naming.status(told.concept.concept, told.origin)
        parents = ((key, naming.hub(told.concept.concept), key),)
        yield Model("raw_vault", name, "status", context, what, (key, "extract_datetime"), parents, columns)


def _transaction(plan: Design, concept: Concept) -> Model:
    key = naming.hub_key(concept.concept)
    link = next(iter(concept.links.values()), Link.model_construct(participants=()))
    aspect, satellite = next(iter(concept.satellites.items()))
    attributes: dict[str, Attribute] = {**concept.key, **satellite.attributes}
    columns = tuple(Column(name, a.type.sql, attribute=a) for name, a in attributes.items())
    keys = hub_keys(link)
    feeds = [
        {
            "key": d.key,
            "version": naming.hash_difference(d.role, aspect),
            "hub_keys": list(zip(keys, keys, strict=True)),
            "columns": d.columns(attributes),
            "staging": d.table.name,
        }
        for d in plan.fed(concept.concept)
    ]
    context = {
        "concept": concept,
        "key": key,
        "feeds": feeds,
        "hub_keys": keys,
        "columns": columns,
        "columns_text": type_words(columns),
        "ghost_key_columns": [key, "hashdiff", *keys],
    }
    what = f"{concept.term.en} ({concept.term.fi}, {concept.term.sv}). {concept.definition.en}"
    name = naming.transaction(concept.concept)
    return Model("raw_vault", name, "transaction", context, what, (key,), participants(link), columns)
