"""Plays a scenario with the SQL that dbt compiled, and tells what the vault holds in words of the scenario."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import groupby
from typing import Any

from tests.laws.canonical import NOT_APPLICABLE, UNKNOWN
from tests.laws.compiling import Project
from tests.laws.facts import Delivery, Row
from tests.matrix.kitchen import SEMANTICS, project, rising
from tests.matrix.scenarios import Scenario, Table
from tests.matrix.warehouse import Warehouse

REGISTERED = datetime(2025, 6, 1)  # delivery #n is registered n minutes later
CONTROL = ("#", "extracted", "part", "partition", "held")
TIMES = {"extracted": "extract_datetime", "loaded": "load_datetime"}
PARTLY = ("load_ledger", "pit_")  # tables of which only the keys that a scenario names are compared
NO_ROWS = "(no rows)"
NOTHING = "vault.ledger.nothing"
DELIVERIES = (
    f"from {NOTHING} union all by name select delivery_id, record_source from vault.staging.pending_delivery "
    "where not is_loaded"
)


@dataclass
class Play:
    """One scenario as one system tells it, built after each delivery or once at the end."""

    scenario: Scenario
    system: str
    apart: bool
    made: Callable[[Project], Any] = Warehouse

    def __post_init__(self) -> None:
        self.deliveries = sorted(deliveries(self.scenario, self.system), key=lambda d: d.registered)
        self.engine = self.made(self._part(project(1)))
        self.names: dict[str, str] = {}

    def run(self) -> None:
        """Deliver and build."""
        for registered, group in groupby(self.deliveries, lambda delivery: delivery.registered):
            if registered == _registered(self.scenario.version_2_from):
                self.engine.turn_to(self._part(project(2)), self._part(rising()))
            for delivery in group:
                self.engine.deliver(delivery)
            if self.apart:
                self.engine.build()
        if not self.apart:
            self.engine.build()
        self._name_keys()

    def run_again(self) -> None:
        """Deliver all of it once more and build."""
        for delivery in self.deliveries:
            self.engine.deliver(delivery)
        self.engine.build()
        self._name_keys()

    def shown(self, table: Table) -> list[list[str]]:
        """The rows of the vault in the columns that the scenario asks for, in order."""
        relation = self._relation(table.name)
        rows = self.engine.every_row(relation) if table.with_ghosts else self.engine.rows(relation)
        cells = ([self._cell(row, column) for column in table.rows[0]] for row in rows)
        asked = {row[0] for row in self.told(table)}
        return sorted(row for row in cells if not table.name.startswith(PARTLY) or row[0] in asked)

    def told(self, table: Table) -> list[list[str]]:
        """The rows that the scenario asks for, in order."""
        return sorted([cell.format(system=self.system) for cell in row] for row in table.rows[1:])

    def _relation(self, table: str) -> str:
        name = table.format(system=self.system)
        return next(f"{node.schema}.{node.name}" for node in self.engine.project.nodes if node.name == name)

    def _cell(self, row: dict[str, Any], column: str) -> str:
        if column == "version":
            return "withdrawn" if row["hashdiff"] == NOT_APPLICABLE else "stated"
        if column == "delivery":
            return f"#{int(row['delivery_id'].partition('-')[0])}"
        name = column.format(system=self.system)
        for told, stored in TIMES.items():
            name = f"{name.removesuffix(told)}{stored}" if name.endswith(told) else name
        value = row[name] if name in row else row[f"{column}_hk"]
        return self.names.get(value, value) if isinstance(value, str) and f"{column}_hk" in row else _text(value)

    def _name_keys(self) -> None:
        """What people call each hash key: the business key, or the members of a relation."""
        self.names = {UNKNOWN: "unknown", NOT_APPLICABLE: "(none)"}
        for kind, glue in (("hub_", "/"), ("rhub_", "/"), ("lnk_", " + ")):
            for node in self.engine.project.nodes:
                if node.name.startswith(kind) and node.name in self.engine.built:
                    for row in self.engine.rows(f"{node.schema}.{node.name}"):
                        key, *rest = list(row)[: list(row).index("extract_datetime")]
                        self.names[row[key]] = glue.join(self.names.get(row[n], _text(row[n])) for n in rest)

    def _part(self, whole: Project) -> Project:
        """Only what the scenario asks for; the ledger counts only where it asks for the ledger."""
        asked = [table for table in self.scenario.then if table.is_about(self.system)]
        wanted = [table.name.format(system=self.system) for table in asked]
        nodes = {node.name: node for node in whole.nodes}
        touched = {d.record_source.replace(".", "__") for d in self.deliveries}
        for name, node in nodes.items():
            if name.startswith("ledger_") and name.removeprefix("ledger_") not in touched:
                nodes[name] = replace(node, parents=(), first=f"from {NOTHING}", later=f"from {NOTHING}")
        if "load_ledger" not in wanted:
            nodes["load_ledger"] = replace(nodes["load_ledger"], parents=(), first=DELIVERIES, later=DELIVERIES)
        hubs = (name for name in nodes if name.startswith(("hub_", "rhub_")))
        links = {f"lnk_{column}" for table in asked for column in table.rows[0]} & {*nodes}
        needed, found = ["load_ledger", "pending_delivery", *hubs, *links, *wanted], set[str]()
        while needed:
            name = needed.pop()
            found.add(name)
            needed += [parent for parent in nodes[name].parents if parent not in found]
        return Project(
            tuple(nodes[node.name] for node in whole.nodes if node.name in found), whole.contracts, whole.model
        )


def deliveries(scenario: Scenario, system: str) -> Iterator[Delivery]:
    """What the system delivers in the scenario."""
    contracts = project(1 if scenario.version_2_from is None else 2).contracts
    for table in scenario.given:
        if table.is_about(system):
            source = table.name.format(system=system)
            types = {column.name: str(column.type) for column in contracts[source].columns}
            for number in dict.fromkeys(record["#"] for record in table.records()):
                yield _delivery(source, types, [r for r in table.records() if r["#"] == number])


def _delivery(source: str, types: dict[str, str], records: list[dict[str, str]]) -> Delivery:
    first, system = records[0], source.split(".")[0]
    semantics = SEMANTICS.get(system, "delta").replace("flag", "delta")
    rows = [r for r in records if NO_ROWS not in r.values()]
    part, _, parts = first.get("part", "1/1").partition("/")
    return Delivery(
        delivery_id=f"{first['#']:0>2}-{source}",
        record_source=source,
        semantics=semantics,
        extracted=_moment(first["extracted"]),
        registered=_registered(int(first["#"])),
        rows=tuple(
            Row(
                {n: _value(cell, types[n]) for n, cell in record.items() if n not in CONTROL},
                bool(record.get("held")),
            )
            for record in rows
        ),
        part=int(part),
        parts=int(parts),
        partition=first.get("partition", "north") if semantics == "partition" else "",
    )


def _registered(number: int | None) -> datetime | None:
    return None if number is None else REGISTERED + timedelta(minutes=number)


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(f"2025-{text}")


def _value(cell: str, type_: str) -> Any:
    if cell in ("", '""'):
        return None if cell == "" else ""
    makers = {"integer": int, "decimal": Decimal, "date": lambda text: _moment(text).date()}
    return makers[type_](cell) if type_ in makers else cell


def _text(value: Any) -> str:
    if isinstance(value, datetime):
        if value.year == 9999:
            return "open"
        if value.year == 1900:
            return "ghost"
        minutes = (value - REGISTERED) // timedelta(minutes=1)
        return f"#{minutes}" if 0 <= minutes < 1000 else f"{value:%m-%d}" + (f"T{value:%H}" if value.hour else "")
    if isinstance(value, date):
        return f"{value:%m-%d}" if value.year == 2025 else value.isoformat()
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else '""' if value == "" else str(value)
