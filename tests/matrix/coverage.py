"""Which scenario shows each entity with each meaning of absence in each situation, and why some cells have none."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from tests.matrix.kitchen import SEMANTICS
from tests.matrix.scenarios import Scenario, Table, every_scenario, read_table

REASONS = Path(__file__).parent / "not_applicable.md"
# What the runner does with every scenario, and what a scenario says of itself.
ALWAYS = ("empty target", "populated target", "replayed")
SITUATIONS = (
    *ALWAYS,
    "NULL keys",
    "duplicates",
    "conflict in one delivery",
    "conflict between deliveries",
    "late",
    "split",
    "deleted",
    "re-appearing",
    "A-B-A",
    "new attribute",
)
# Each entity by the tables that are it.
ENTITIES = {
    "hub, single key": r"hub_member",
    "hub, composite key": r"hub_book",
    "hub, key of its source": r"hub_loan",
    "hub, several sources in one load": r"hub_member",
    "hub, twice in one source row": r"hub_member",
    "link, n-ary": r"lnk_loan_lending",
    "link, role-playing": r"lnk_loan_lending",
    "link, to itself": r"lnk_book_sequel",
    "link, hierarchical": r"(lnk|hierarchy)_book_part_of",
    "link, same-as": r"(lnk|same_as)_member_same",
    "link, dependent child key": r"lnk_loan_item",
    "event, non-historised link": r"nhl_fine_.*",
    "event, counter-entries": r"entries_payment",
    "satellite on a hub": r"sat_member_home_.*",
    "satellite on a link": r"sat_loan_lending_terms_.*",
    "multi-active satellite": r"masat_.*",
    "effectivity satellite": r"effsat_.*",
    "status of a hub": r"status_member_.*",
    "status of a link": r"status_loan_item_.*",
    "record tracking": r"rts_.*",
    "reference hub": r"rhub_genre",
    "reference satellite": r"rsat_genre_.*",
    "reference view, validity": r"ref_genre",
    "ghosts": r".*",
    "point in time, month ends": r"pit_loan",
    "point in time, thinned": r"pit_member",
    "point in time, own calendar": r"pit_book",
    "bridge, effective": r"bridge_loan_reach",
    "bridge, ever": r"bridge_loan_ever",
    "current view": r"current_.*",
    "as-of view": r"asof_.*",
    "computed satellite": r"bsat_.*",
    "load ledger": r"load_ledger",
}
Cell = tuple[str, str, str]


def covered() -> dict[Cell, list[str]]:
    """The names of the scenarios that show each cell: entity, semantics, situation."""
    cells: dict[Cell, list[str]] = defaultdict(list)
    for scenario in every_scenario():
        for system in scenario.systems:
            for entity in ENTITIES:
                if any(_is(entity, table, scenario) for table in scenario.then if table.is_about(system)):
                    for situation in _situations(scenario, system):
                        cells[entity, SEMANTICS[system], situation].append(scenario.name)
    return cells


def _is(entity: str, table: Table, scenario: Scenario) -> bool:
    headers = {name for given in scenario.given for name in given.rows[0]}
    also = {
        "hub, several sources in one load": len({given.name.split(".")[1] for given in scenario.given}) > 1,
        "hub, twice in one source row": "twin" in headers or {"borrower", "lender"} <= headers,
        "ghosts": table.with_ghosts,
    }
    return re.fullmatch(ENTITIES[entity], table.name) is not None and also.get(entity, True)


def _situations(scenario: Scenario, system: str) -> Iterator[str]:
    yield from scenario.situations
    yield from ("empty target", "replayed")
    if len({row["#"] for given in scenario.given if given.is_about(system) for row in given.records()}) > 1:
        yield "populated target"


def reasons() -> dict[Cell, str]:
    """The cells that have no scenario, each with the reason; `*` stands for any letters."""
    made: dict[Cell, str] = {}
    for row in read_table(REASONS.read_text(encoding="utf-8")).records():
        entities, semantics, situations = (
            [word for word in words if any(_fits(word, asked) for asked in row[column].split(";"))]
            for column, words in (("entity", ENTITIES), ("semantics", SEMANTICS.values()), ("situation", SITUATIONS))
        )
        made |= {(e, m, s): row["why it does not apply"] for e in entities for m in semantics for s in situations}
    return made


def _fits(word: str, asked: str) -> bool:
    return re.fullmatch(re.escape(asked.strip()).replace(r"\*", ".*"), word) is not None


def every_cell() -> Iterator[Cell]:
    """All cells of the matrix."""
    yield from ((e, m, s) for e in ENTITIES for m in SEMANTICS.values() for s in SITUATIONS)


def shown() -> str:
    """The matrix as text: how many scenarios show a cell, or the letter of the reason why none does."""
    cells, why = covered(), reasons()
    letters = {reason: chr(ord("a") + place) for place, reason in enumerate(dict.fromkeys(why.values()))}
    width = max(map(len, ENTITIES)) + 1
    lines = [f"{number:>2} {situation}" for number, situation in enumerate(SITUATIONS, 1)]
    lines += ["", " " * (width + 10) + "".join(f"{number:>4}" for number in range(1, len(SITUATIONS) + 1))]
    for entity in ENTITIES:
        for semantics in SEMANTICS.values():
            marks = []
            for situation in SITUATIONS:
                cell = (entity, semantics, situation)
                marks.append(str(len(cells[cell])) if cell in cells else letters.get(why.get(cell, ""), "???"))
            first = entity if semantics == "full" else ""
            lines.append(f"{first:<{width}}{semantics:<10}" + "".join(f"{mark:>4}" for mark in marks))
    lines += ["", *(f"{letter}: {reason}" for reason, letter in letters.items())]
    return "\n".join(lines)
