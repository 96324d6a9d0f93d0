"""Scenarios as people write them: what was delivered, and what the vault then holds, in tables of text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

CASES = Path(__file__).parent / "cases"
_HEADING = re.compile(r"^(Given|Then) ([\w{}.]+)( with ghosts)?(?: \(([\w, ]+)\))?:?$")


@dataclass(frozen=True)
class Table:
    """One table of a scenario; `only` names the systems that it is about, if not all of them are."""

    name: str
    only: tuple[str, ...] = ()
    with_ghosts: bool = False
    rows: list[list[str]] = field(default_factory=list)

    def is_about(self, system: str) -> bool:
        """Whether it belongs to the scenario as it is played by the system."""
        return not self.only or system in self.only

    def records(self) -> list[dict[str, str]]:
        """The rows below the first, each by column."""
        return [dict(zip(self.rows[0], row, strict=True)) for row in self.rows[1:]]


@dataclass(frozen=True)
class Scenario:
    """One thing that the vault promises, shown on the smallest deliveries that can."""

    file: str
    title: str
    situations: tuple[str, ...] = ()
    systems: tuple[str, ...] = ()
    version_2_from: int | None = None  # the delivery before which the model's second version takes over
    still_open: str = ""  # why the vault does not keep the promise yet
    given: list[Table] = field(default_factory=list)
    then: list[Table] = field(default_factory=list)

    @property
    def name(self) -> str:
        return f"{self.file}: {self.title}"


def every_scenario() -> list[Scenario]:
    """All scenarios of the folder of cases."""
    return [scenario for file in sorted(CASES.glob("*.md")) for scenario in read(file.stem, file.read_text("utf-8"))]


def read(name: str, text: str) -> list[Scenario]:
    """The scenarios of one file; a `## ` heading begins each."""
    return [_scenario(name, part.splitlines()) for part in text.split("\n## ")[1:]]


def _scenario(file: str, lines: list[str]) -> Scenario:
    told: dict[str, str] = {}
    given: list[Table] = []
    then: list[Table] = []
    table: Table | None = None
    for line in lines[1:]:
        heading = _HEADING.match(line)
        if heading:
            kind, name, ghosts, only = heading.groups()
            table = Table(name, _listed(only), ghosts is not None)
            (given if kind == "Given" else then).append(table)
        elif line.startswith("|") and table:
            table.rows.extend(_cells(line))
        elif re.match(r"^(Situations|Systems|Version 2 from|Open): ", line):
            word, _, value = line.partition(": ")
            told[word] = value
    version = told.get("Version 2 from")
    return Scenario(
        file,
        lines[0].strip(),
        _listed(told["Situations"]) if "Situations" in told else (),
        _listed(told["Systems"]),
        int(version.strip(" #")) if version else None,
        told.get("Open", ""),
        given,
        then,
    )


def read_table(text: str) -> Table:
    """The one table of a text."""
    return Table("", rows=[cells for line in text.splitlines() if line.startswith("|") for cells in _cells(line)])


def _cells(line: str) -> Iterator[list[str]]:
    if not set(line.strip()) <= set("|-: "):  # the line under the header
        yield [cell.strip() for cell in line.strip()[1:-1].split("|")]


def _listed(words: str | None) -> tuple[str, ...]:
    return tuple(word.strip() for word in words.split(",")) if words else ()
