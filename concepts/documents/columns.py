"""Column lineage: which landing columns each column of the generated warehouse is made from, as OpenLineage says it.

Shape: the columnLineage dataset facet of the OpenLineage specification. Data only; nothing is sent anywhere.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from concepts.generator import naming
from concepts.generator.design import Described, Design, TableDesign, is_snapshot
from concepts.generator.models import hub_keys, told_links
from concepts.metamodel import Concept, Frozen, Kind, Link

FACET = "https://openlineage.io/spec/facets/1-2-0/ColumnLineageDatasetFacet.json#/$defs/ColumnLineageDatasetFacet"
PRODUCER = "urn:sotevault:concepts.documents"
ROW_COLUMNS = ("extract_datetime", "load_datetime", "record_source", "delivery_id")


class Input(Frozen):
    """One landing column, and whether its value is kept, computed with, or hidden in a hash."""

    dataset: str
    field: str
    how: str  # a key of _HOW


_HOW = {
    "same": {"type": "DIRECT", "subtype": "IDENTITY", "description": "", "masking": False},
    "chosen": {"type": "DIRECT", "subtype": "TRANSFORMATION", "description": "one of several rows", "masking": False},
    "hashed": {"type": "DIRECT", "subtype": "TRANSFORMATION", "description": "hash", "masking": True},
    "presence": {"type": "INDIRECT", "subtype": "CONDITIONAL", "description": "key in delivery", "masking": True},
}
Columns = dict[str, tuple[Input, ...]]


def column_lineage(plan: Design) -> dict[str, Columns]:
    """Table (schema.name) -> column -> the landing columns that it is made from, every table of the vault."""
    made: dict[str, Columns] = {}
    for table in plan.tables:
        made[f"staging.{table.name}"] = _staging(table)
    for concept in plan.model.concepts.values():
        fed = plan.fed(concept.concept)
        if fed and concept.kind is Kind.HUB:
            made |= _of_hub(plan, concept, fed)
        elif fed and concept.kind is Kind.TRANSACTION:
            made[f"raw_vault.{naming.transaction(concept.concept)}"] = _transaction(concept, fed)
    for table in plan.tables:
        made |= dict(_of_delivery(table))
    for concept in plan.model.concepts.values():
        if plan.fed(concept.concept) and concept.kind is Kind.HUB:
            made |= _of_views(concept, made)
    return made


def lineage_json(plan: Design) -> str:
    """The lineage of every table as datasets with their columnLineage facet, in JSON, a line a column."""
    datasets = ",\n".join(_dataset(name, columns) for name, columns in column_lineage(plan).items())
    return f'{{"datasets": [\n{datasets}\n]}}\n'


def _dataset(name: str, columns: Columns) -> str:
    fields = ",\n".join(f"  {json.dumps(column)}: {json.dumps(_field(told))}" for column, told in columns.items())
    head = json.dumps({"_producer": PRODUCER, "_schemaURL": FACET})[1:-1]
    return (
        f'{{"namespace": "warehouse", "name": {json.dumps(name)}, "facets": {{"columnLineage": {{{head}, "fields": {{\n'
        f"{fields}\n}}}}}}}}"
    )


def _field(inputs: tuple[Input, ...]) -> dict[str, object]:
    told = (("landing", i.dataset, i.field, [_HOW[i.how]]) for i in inputs)
    return {"inputFields": [dict(zip(("namespace", "name", "field", "transformations"), t, strict=True)) for t in told]}


def _input(table: TableDesign, field: str, how: str) -> Input:
    return Input(dataset=f"{table.source}__{table.table}", field=field, how=how)


def _row(table: TableDesign, how: str = "same") -> Columns:
    return {name: (_input(table, name, how),) for name in ROW_COLUMNS}


def _hash_of(told: Described, how: str = "hashed") -> tuple[Input, ...]:
    """The landing columns behind a concept's hash key."""
    mapping = told.table.mapping
    headers = [*(told.feed.key[name] for name in told.concept.key), *([told.feed.when] if told.feed.when else [])]
    return tuple(_input(told.table, mapping.landing_name(header), how) for header in dict.fromkeys(headers))


def _relation_of(told: Described, link: Link) -> tuple[Input, ...]:
    ends = (told, *(told.table.feeds[participant.role] for participant in link.participants))
    return _merged(_hash_of(end) for end in ends)


def _merged(parts: Iterable[tuple[Input, ...]]) -> tuple[Input, ...]:
    return tuple(dict.fromkeys(told for part in parts for told in part))


def _united(parts: Iterable[Columns]) -> Columns:
    """The columns of several feeds of one table, each with the inputs of all."""
    every = list(parts)
    names = dict.fromkeys(name for part in every for name in part)
    return {name: _merged(part.get(name, ()) for part in every) for name in names}


def _staging(table: TableDesign) -> Columns:
    columns: Columns = {told.key: _hash_of(told) for told in table.feeds.values()}
    for told, name, link in table.links():
        if told.concept.kind is Kind.HUB:
            columns[naming.link_key(told.role, name)] = _relation_of(told, link)
    for told, aspect, names in table.satellites():
        columns[naming.hash_difference(told.role, aspect)] = _difference(told, names)
    landing = [table.mapping.landing_name(header) for header in table.mapping.columns]
    columns |= {name: (_input(table, name, "same"),) for name in landing}
    return columns | _row(table) | {"record_number": (_input(table, "record_number", "same"),)}


def _difference(told: Described, names: Iterable[str]) -> tuple[Input, ...]:
    return tuple(_input(told.table, field, "hashed") for name in names if (field := told.landing(name)))


def _attributes(told: Described, names: Iterable[str], how: str = "same") -> Columns:
    """Attributes of one feed; one that it does not deliver has no input."""
    fields = {name: told.landing(name) for name in names}
    return {name: (_input(told.table, field, how),) if field else () for name, field in fields.items()}


def _of_hub(plan: Design, concept: Concept, fed: list[Described]) -> dict[str, Columns]:
    key = naming.hub_key(concept.concept)
    hub = _united(
        {key: _hash_of(told)} | _attributes(told, concept.key, "chosen") | _row(told.table, "chosen") for told in fed
    )
    made = {f"raw_vault.{naming.hub(concept.concept)}": hub}
    for name, link in told_links(plan, concept).items():
        tellers = [
            d for t in plan.tables for d, told_name, _ in t.links() if d.concept == concept and told_name == name
        ]
        own = naming.link_key(concept.concept, name)
        made[f"raw_vault.{naming.link(concept.concept, name)}"] = _united(
            {own: _relation_of(told, link), key: _hash_of(told)} | _ends(told, link) | _row(told.table, "chosen")
            for told in tellers
        )
    return made


def _ends(told: Described, link: Link) -> Columns:
    return {naming.hub_key(p.role): _hash_of(told.table.feeds[p.role]) for p in link.participants}


def _transaction(concept: Concept, fed: list[Described]) -> Columns:
    link = next(iter(concept.links.values()), None)
    return _united(
        {naming.hub_key(concept.concept): _hash_of(told)}
        | {
            "hashdiff": _merged(
                _difference(told, names) for told_, _, names in told.table.satellites() if told_ == told
            )
        }
        | (_ends(told, link) if link else {})
        | _attributes(told, concept.attributes)
        | _row(told.table)
        for told in fed
    )


def _of_delivery(table: TableDesign) -> Iterator[tuple[str, Columns]]:
    """Satellites, effectivities and statuses: the tables of one delivered table."""
    for told, aspect, names in table.satellites():
        concept, satellite = told.concept, told.concept.satellites[aspect]
        start = {naming.hub_key(concept.concept): _hash_of(told), "hashdiff": _difference(told, names)}
        if concept.kind is Kind.HUB:
            name = naming.satellite(concept.concept, aspect, told.origin, multi_active=bool(satellite.child_key))
            yield f"raw_vault.{name}", start | _attributes(told, satellite.attributes) | _row(table)
        elif concept.kind is Kind.REFERENCE:
            name = naming.reference(concept.concept)
            yield f"raw_vault.{name}", start | _attributes(told, concept.attributes) | _row(table)
    for told, link_name, link in table.links():
        if told.concept.kind is Kind.HUB and link.driven:
            own = naming.link_key(told.concept.concept, link_name)
            columns = {naming.hub_key(told.concept.concept): _hash_of(told), own: _relation_of(told, link)}
            name = naming.effectivity(told.concept.concept, link_name, told.origin)
            yield f"raw_vault.{name}", columns | _row(table)
    for told in table.feeds.values():
        if is_snapshot(table) and told.is_subject and told.concept.kind is Kind.HUB:
            key = naming.hub_key(told.concept.concept)
            columns = {key: _hash_of(told), "is_present": _hash_of(told, "presence")}
            yield f"raw_vault.{naming.status(told.concept.concept, told.origin)}", columns | _row(table)


def _of_views(concept: Concept, made: dict[str, Columns]) -> dict[str, Columns]:
    """Current views and point-in-time tables, out of the lineage of the tables that they read."""
    key, views = naming.hub_key(concept.concept), {}
    hub = made[f"raw_vault.{naming.hub(concept.concept)}"]
    current: Columns = {key: hub[key], **{name: hub[name] for name in concept.key}}
    snapshots: Columns = {key: hub[key], "snapshot_date": ()}
    times = [hub]
    for aspect, satellite in concept.satellites.items():
        tables = _starting(made, naming.satellite(concept.concept, aspect, "", multi_active=bool(satellite.child_key)))
        told = _united(tables.values())
        if satellite.child_key and told:
            view = {name: told[name] for name in (key, *satellite.attributes)}
            views[f"business_vault.{naming.current(concept.concept, aspect)}"] = _chosen(view)
        elif told:
            current |= {name: told[name] for name in satellite.attributes}
            times.append(told)
        if concept.point_in_time and aspect in concept.point_in_time.satellites:
            for name, columns in tables.items():
                snapshots[f"{name}_extract_datetime"] = columns["extract_datetime"]
    for name, link in concept.links.items():
        told = _united(_starting(made, naming.effectivity(concept.concept, name, "")).values())
        if link.driven and told:
            table = made[f"raw_vault.{naming.link(concept.concept, name)}"]
            current |= {column: table[column] for column in hub_keys(link)}
            times.append(told)
    current["extract_datetime"] = _merged(told["extract_datetime"] for told in times[1:] or times)
    views[f"business_vault.{naming.current(concept.concept)}"] = _chosen(current)
    if concept.point_in_time:
        views[f"business_vault.{naming.point_in_time(concept.concept)}"] = _chosen(snapshots)
    return views


def _starting(made: dict[str, Columns], start: str) -> dict[str, Columns]:
    """The raw vault's tables whose names start so, by their bare names."""
    prefix = f"raw_vault.{start}"
    return {name.removeprefix("raw_vault."): made[name] for name in made if name.startswith(prefix)}


def _chosen(columns: Columns) -> Columns:
    """The same inputs, of which a view takes the row in force."""
    return {
        name: tuple(told.model_copy(update={"how": "chosen"}) if told.how == "same" else told for told in inputs)
        for name, inputs in columns.items()
    }
