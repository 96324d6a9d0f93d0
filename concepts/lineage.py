"""Where things are: which warehouse tables hold a concept's attributes, and which delivered columns feed them."""

from __future__ import annotations

from concepts.column_lineage import PENDING, columns_of
from concepts.generator import naming
from concepts.generator.design import Design
from concepts.generator.models import Model, every_model
from concepts.generator.views import every_view
from concepts.inputs import Columns
from concepts.metamodel import Frozen


class WarehouseTable(Frozen):
    """A table of the warehouse: what kind, about which concept, which attributes, out of which deliveries."""

    name: str
    kind: str
    deliveries: tuple[str, ...]
    concept: str | None = None
    attributes: tuple[str, ...] = ()
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
            concept=feed.concept.concept,
            attribute=attribute,
        )
        for table in plan.tables
        for feed in table.feeds.values()
        for attribute, header in feed.mapping.headers.items()
    )


def warehouse_tables(plan: Design) -> dict[str, WarehouseTable]:
    """Every generated table and view by name, as the generator names it."""
    models = [*every_model(plan), *every_view(plan)]
    lineage = columns_of(models)
    roles: dict[str, tuple[str, ...]] = {}
    tables = {PENDING: WarehouseTable(name=PENDING, kind="pending", deliveries=_sources(plan))}
    for model in models:
        read = [*(parent for _, parent, _ in model.parents), model.context.get("table")]
        told = (role for name in read if isinstance(name, str) for role in roles.get(name, ()))
        roles[model.name] = _roles(model, lineage[model.name], plan) or tuple(told)
        tables[model.name] = WarehouseTable(
            name=model.name,
            kind=_kind(model),
            concept=model.concept,
            attributes=_held(model, lineage[model.name]),
            deliveries=_deliveries(plan, lineage[model.name]),
            roles=roles[model.name],
        )
    return tables


def _sources(plan: Design) -> tuple[str, ...]:
    return tuple(table.record_source for table in plan.tables)


def _deliveries(plan: Design, columns: Columns) -> tuple[str, ...]:
    """The delivered tables that any column is made from."""
    told = {landed.dataset for inputs in columns.values() for landed in inputs}
    return tuple(t.record_source for t in plan.tables if f"{t.source}__{t.table}" in told)


def _held(model: Model, columns: Columns) -> tuple[str, ...]:
    """The attributes that the table holds; one that nobody delivers is only a column of NULL."""
    return tuple(c.name for c in model.columns if c.attribute and (columns[c.name] or model.template == "computed"))


def _roles(model: Model, columns: Columns, plan: Design) -> tuple[str, ...]:
    """Whom a row joins: the hash keys in it besides its own and those of relations."""
    if model.concept is None:
        return ()
    links = plan.model[model.concept].links
    own = {naming.hub_key(model.concept), *(naming.link_key(model.concept, name) for name in links)}
    ending = naming.KEY_ENDING
    return tuple(name.removesuffix(ending) for name in columns if name.endswith(ending) and name not in own)


def _kind(model: Model) -> str:
    """The kind of table; one template may write several, which their names tell apart."""
    return _KINDS.get(model.name.split("_")[0]) or model.template


_KINDS = {
    "rhub": "reference_hub",
    "sat": "satellite",
    "rsat": "reference_satellite",
    "effsat": "effectivity",
    "nhl": "transaction",
    "status": "status_table",
    "telling": "telling",
    "ref": "reference",
}
