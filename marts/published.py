"""Which tables a release may hold: the list of published.yml, checked."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, ValidationError

from concepts.errors import ReleaseError
from concepts.metamodel import Frozen, Name, Text
from concepts.yaml_text import read_yaml
from marts.disclosure import Cell

LIST = Path(__file__).with_name("published.yml")


class AnalystTable(Frozen):
    """A table of schema marts that analysts get."""

    cells: tuple[Cell, ...] = ()


class ThlFile(Frozen):
    """A table of schema exports that becomes one CSV file."""

    file: Text = Field(pattern=r"^[a-z0-9_]+\.csv$")
    optional: bool = False  # left out when the warehouse does not have the table
    cells: tuple[Cell, ...] = ()


class Published(Frozen):
    """Everything that a release may hold."""

    analyst: dict[Name, AnalystTable] = Field(min_length=1)
    thl: dict[Name, ThlFile]
    never: frozenset[Name]

    def refuse_faults(self, table: str, cells: tuple[Cell, ...], columns: list[str]) -> None:
        """ReleaseError if the table points at persons or lacks a column that a small-cell rule needs."""
        pointing = sorted(self.never.intersection(columns))
        if pointing:
            raise ReleaseError(
                f"{table}: {', '.join(pointing)} points at one person or case; publish an aggregate without it"
            )
        missing = sorted({name for cell in cells for name in cell.columns} - set(columns))
        if missing:
            raise ReleaseError(
                f"{table}: marts/published.yml names {', '.join(missing)}, which the table does not have; mend the list"
            )


def read_published(file: Path = LIST) -> Published:
    """The list of tables that may leave the warehouse."""
    try:
        return Published.model_validate(read_yaml(file))
    except ValidationError as error:
        places = ", ".join(".".join(str(step) for step in item["loc"]) for item in error.errors())
        raise ReleaseError(f"{file.name}: not understood at {places}; mend the list of published tables") from None
