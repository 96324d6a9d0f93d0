"""A small county that does not exist, its homes, and the command line as a person at a terminal uses it."""

from __future__ import annotations

import csv
import fcntl
import hashlib
import json
import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import duckdb

from tests.commands import command, run

ROOT = Path(__file__).parents[2]
POPULATION, MONTHS, SEED = 1_500, 4, 612
ONE_CORE = {"SOTEVAULT_THREADS": "1"}  # as much as a test process has to itself; two threads cost a fifth more
# For a build that a later one will test, or that is to die between two nodes: tests only read. Seeds come with it.
MODELS_ONLY = ONE_CORE | {"DBT_RESOURCE_TYPES": "model"}
MODELS_AND_UNIT_TESTS = ONE_CORE | {"DBT_RESOURCE_TYPES": "model unit_test"}  # those run with the first build alone


class County(NamedTuple):
    """Where the synthesiser wrote: three folders of deliveries in the order of their arrival, and the truth."""

    deliveries: Path
    truth: Path

    @property
    def arriving(self) -> tuple[Path, ...]:
        """First, following, and the late one that corrects."""
        return tuple(sorted(self.deliveries.iterdir()))

    def answers(self, name: str) -> list[dict[str, str]]:
        """The rows of one file of the truth."""
        with (self.truth / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
            return list(csv.DictReader(stream))


def make_county(out: Path, *, population: int = POPULATION, months: int = MONTHS, defects: bool = False) -> County:
    """A county written to ``out``."""
    from ingest.synthetic.county import synthesise

    synthesise(out, population=population, months=months, seed=SEED, defects=defects)
    return County(out / "deliveries", out / "truth")


def once(folder: Path, make: Callable[[Path], Any]) -> Path:
    """The folder, filled by whichever test process comes first; the others wait for it."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    made = folder.with_name(f"{folder.name}.made")
    with folder.with_name(f"{folder.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            make(folder)
            made.touch()
    return folder


def new_home(folder: Path) -> Path:
    """An empty home under the one root key that all homes of the tests have: else each had other pseudonyms."""
    keys = folder / "keys"
    keys.mkdir(mode=0o700, parents=True)
    (keys / "root.key").write_bytes(bytes(range(32)))
    (keys / "root.key").chmod(0o400)
    return folder


def environment(home: Path, **settings: str) -> dict[str, str]:
    """The variables of a process that works on the home; artificial codes are ordinary persons, as in the demo."""
    told = {"SOTEVAULT_HOME": str(home), "SOTEVAULT_TEST_IDENTITIES": "persons", "DO_NOT_TRACK": "1", **settings}
    return {name: value for name, value in os.environ.items() if not name.startswith("SOTEVAULT_")} | told


def sotevault(home: Path, *words: str, **settings: str) -> str:
    """What one command printed; it must end well."""
    return command("sotevault", *words, at=ROOT, environment=environment(home, **settings)).out


def apart(home: Path, work: Callable[..., object], *words: object, **settings: str) -> str:
    """What the work printed in a process of its own: within this one dbt and Dagster would keep the first home."""
    return run(work, *map(str, words), at=ROOT, environment=environment(home, **settings)).out


def ingest(*folders: str) -> None:
    """One delivery folder after another through the gate; what is refused is an error."""
    from orchestration import settings, steps

    for folder in folders:
        steps.ingest(settings.read_settings(), Path(folder)).raise_if_refused()


def ingest_and_build(*folders: str) -> None:
    """The same and one build, without the checks and the release of the command line."""
    from orchestration import settings, steps

    ingest(*folders)
    steps.build(settings.read_settings())


def ask(home: Path, sql: str, *values: object) -> list[tuple[Any, ...]]:
    """The rows of a query over the home's warehouse."""
    with duckdb.connect(str(home / "warehouse" / "vault.duckdb"), read_only=True) as connection:
        return connection.execute(sql, list(values)).fetchall()


def digests(home: Path, *schemas: str) -> dict[str, tuple[int, str]]:
    """By table or view of the schemas, its rows and a digest of them in a fixed order; doubles to six decimals."""
    found: dict[str, tuple[int, str]] = {}
    with duckdb.connect(str(home / "warehouse" / "vault.duckdb"), read_only=True) as connection:
        for schema, table, columns in _tables(connection, schemas):
            rows = connection.execute(f'select {columns} from {schema}."{table}"').fetchall()
            text = "\n".join(sorted(map(repr, rows)))
            found[f"{schema}.{table}"] = (len(rows), hashlib.sha256(text.encode()).hexdigest())
    return found


def _tables(connection: duckdb.DuckDBPyConnection, schemas: tuple[str, ...]) -> list[tuple[str, str, str]]:
    # The order in which two threads add up doubles is not fixed, so their last digits are not either.
    return connection.execute(
        """
        select
            table_schema, table_name,
            string_agg(
                case when data_type = 'DOUBLE' then format('round("{}", 6)', column_name)
                else format('"{}"', column_name) end,
                ', ' order by ordinal_position
            )
        from information_schema.columns
        where list_contains(?, table_schema)
        group by table_schema, table_name
        """,
        [list(schemas)],
    ).fetchall()


def receipts(home: Path) -> Iterator[Mapping[str, Any]]:
    """The lines of the ledger."""
    for line in (home / "ledger" / "receipts.jsonl").read_text(encoding="utf-8").splitlines():
        yield json.loads(line)
