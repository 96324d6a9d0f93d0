"""The tables of a dbt project that no generator made: its code sets, and its marts with what they read."""

from __future__ import annotations

import csv
from collections.abc import Container, Iterable, Iterator
from pathlib import Path
from typing import Literal

from concepts.metamodel import Frozen
from concepts.references import folders, macros_of, read_by
from concepts.wording import Language
from concepts.yaml_text import read_yaml


class TableByHand(Frozen):
    """A table that a person wrote: a code set as CSV, or a mart as SQL."""

    name: str
    kind: Literal["code_set", "mart"]
    file: Path
    description: str = ""  # in English
    reads: tuple[str, ...] = ()  # other tables

    @property
    def rows(self) -> list[dict[str, str]]:
        """The rows of a code set; of a mart there are none here."""
        if self.kind == "mart":
            return []
        with self.file.open(encoding="utf-8", newline="") as stream:
            return list(csv.DictReader(stream))

    def meaning(self, code: str, language: Language) -> str:
        """What the code means in the reader's language, by its latest row; the code itself if that is not told."""
        told = [row.get(f"name_{language}") for row in self.rows if row.get("code") == code]
        return (told and told[-1]) or code


def tables_by_hand(generated: Container[str], project: Path) -> dict[str, TableByHand]:
    """The code sets and marts of the dbt project by name, without those that are generated; ModelError if its YAML
    cannot be read."""
    told = read_yaml(project / "dbt_project.yml")
    seeds, models, macro_folders = (folders(told, project, kind) for kind in ("seed", "model", "macro"))
    texts = (file.read_text(encoding="utf-8") for file in _files(macro_folders, "sql"))
    macros = {name: macro for text in texts for name, macro in macros_of(text).items()}
    described = dict(_descriptions([*seeds, *models]))
    code_sets = (
        TableByHand(name=file.stem, kind="code_set", file=file, description=described.get(file.stem, ""))
        for file in _files(seeds, "csv")
    )
    marts = (
        TableByHand(
            name=file.stem,
            kind="mart",
            file=file,
            description=described.get(file.stem, ""),
            reads=read_by(file.read_text(encoding="utf-8"), macros),
        )
        for file in _files(models, "sql")
        if file.stem not in generated
    )
    return {table.name: table for table in (*code_sets, *marts)}


def _files(places: Iterable[Path], ending: str) -> Iterator[Path]:
    for folder in places:
        yield from sorted(folder.rglob(f"*.{ending}"))


def _descriptions(places: Iterable[Path]) -> Iterator[tuple[str, str]]:
    """Name and description of each table of which dbt's own YAML tells; other YAML has neither models nor seeds."""
    for file in _files(places, "yml"):
        properties = read_yaml(file)
        for kind in ("models", "seeds"):
            yield from (
                (table["name"], table["description"]) for table in properties.get(kind, ()) if "description" in table
            )
