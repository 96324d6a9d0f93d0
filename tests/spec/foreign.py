"""A generated project elsewhere, used as a stranger would: our command line writes it, plain dbt builds it."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb

from tests.commands import command

SHOP = Path(__file__).parents[1] / "example_shop"
_COLOUR = re.compile(r"\x1b\[\d*m")
_PARSED: dict[Path, bytes] = {}  # by example, how dbt left its project parsed: half of a first build


def example(folder: Path, files: Mapping[str, str]) -> Path:
    """A folder with an example of a test's own: its model and sources by path."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


class Foreign:
    """An example's project in an empty folder, without deliveries at first; the shop's if no other is given."""

    def __init__(self, folder: Path, example: Path = SHOP) -> None:
        self.folder, self._example = folder / "corner_shop", example
        places = ["--model", str(example / "model"), "--sources", str(example / "sources")]
        self._run("sotevault", "generate", *places, "--out", str(self.folder), at=folder)

    def _run(self, program: str, *words: str, at: Path) -> str:
        """What the program says; an error of the program is one of the test."""
        environment = {k: v for k, v in os.environ.items() if not k.startswith(("SOTEVAULT_", "DBT_"))}
        return _COLOUR.sub("", "".join(command(program, *words, at=at, environment=environment)))

    def build(self, *words: str) -> str:
        """Run the second of README's commands; what it says."""
        parsed = self.folder / "target/partial_parse.msgpack"
        if self._example in _PARSED and not parsed.exists():
            parsed.parent.mkdir()
            parsed.write_bytes(_PARSED[self._example])
        said = self._run("dbt", "build", "--profiles-dir", ".", *words, at=self.folder)
        _PARSED.setdefault(self._example, parsed.read_bytes())
        return said

    def sotevault(self, *words: str) -> str:
        """What our command line says; it must end well."""
        return self._run("sotevault", *words, at=self.folder)

    def deliver_example(self) -> None:
        """Copy the example's deliveries."""
        shutil.copytree(SHOP / "deliveries", self.folder / "deliveries")

    def deliver(self, file: str, text: str, encoding: str = "utf-8") -> None:
        """Write one delivered file, its path told from deliveries/ on."""
        path = self.folder / "deliveries" / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode(encoding))

    def deliver_parquet(self, file: str, query: str) -> None:
        """Write the rows of a query as one delivered Parquet file."""
        path = self.folder / "deliveries" / file
        path.parent.mkdir(parents=True, exist_ok=True)
        duckdb.execute(f"copy ({query}) to '{path}' (format parquet)")

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        """The rows of a query over the warehouse."""
        with duckdb.connect(str(self.folder / "vault.duckdb"), read_only=True) as connection:
            return connection.execute(query).fetchall()

    def contents(self) -> dict[str, list[tuple[Any, ...]]]:
        """Every row of every stored table of vault, landing and ledger."""
        tables = self.ask("select schema_name || '.' || table_name from duckdb_tables() where schema_name <> 'staging'")
        return {name: sorted(self.ask(f"from {name}"), key=repr) for (name,) in tables}
