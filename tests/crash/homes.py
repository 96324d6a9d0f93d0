"""Homes before a build and the rows that an undisturbed build makes of them; neither is ever touched by a kill."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

import duckdb

from tests.flow.county import apart, ingest, new_home, sotevault

POPULATION, MONTHS = 200, 1  # the fewest that the synthesiser makes, and they feed every source
Rows = dict[str, Counter[str]]


class Base(NamedTuple):
    """A home that waits for its build, and what the warehouse holds after one that nobody disturbed."""

    title: str
    home: Path
    built: Path

    @property
    def is_first(self) -> bool:
        """Whether nothing was built before."""
        return not (self.home / "warehouse/vault.duckdb").exists()

    @property
    def files(self) -> frozenset[str]:
        """The names of the files that an undisturbed build leaves behind."""
        return files(self.built)


class Difference(NamedTuple):
    """How a warehouse differs from the undisturbed one."""

    tables: tuple[str, ...]
    lost: int
    doubled: int


def prepare(folder: Path, build: Callable[[Path], object]) -> tuple[Base, Base]:
    """The first build of a small county, and the build of its later deliveries onto that, both undisturbed."""
    words = ("--population", POPULATION, "--months", MONTHS, "--out", folder / "county")
    home, bases = new_home(folder / "models/home"), []  # where a trial kills: what dbt parsed here serves it there
    sotevault(home, "synthesise", *map(str, words))
    arriving = sorted((folder / "county/deliveries").iterdir())
    for title, deliveries in (("first build", arriving[:1]), ("later deliveries", arriving[1:])):
        apart(home, ingest, *deliveries)
        place = folder / title.replace(" ", "_")
        copy_home(home, place / "waiting")
        build(home)
        copy_home(home, place / "built")
        bases.append(Base(title, place / "waiting", place / "built"))
    first, later = bases
    return first, later


def copy_home(home: Path, copy: Path) -> Path:
    """A copy to build in: what landed is never written again, so its files are shared; all others are copies."""
    landing = home / "landing"

    def put(source: str, target: str) -> str:
        if Path(source).is_relative_to(landing):
            os.link(source, target)
            return target
        return shutil.copy2(source, target)

    shutil.copytree(home, copy, copy_function=put)
    return copy


def restore(base: Base, home: Path, *, parsed: bool = True) -> Path:
    """The base again, in a home that was built in before; what dbt parsed there stays, for it is bound to the place."""
    compiled, aside = home / "warehouse/dbt", home.with_name("dbt_aside")
    if parsed and compiled.is_dir():
        compiled.rename(aside)
    shutil.rmtree(home, ignore_errors=True)
    copy_home(base.home, home)
    shutil.rmtree(compiled, ignore_errors=True)
    if aside.is_dir():
        aside.rename(compiled)
    return home


def files(home: Path) -> frozenset[str]:
    """The names of all files of a home, but for what dbt compiled; locks, logs and temporary ones included."""
    compiled = home / "warehouse" / "dbt"
    found = (file for file in home.rglob("*") if not file.is_relative_to(compiled))
    return frozenset(file.relative_to(home).as_posix() for file in found)


def rows(home: Path) -> Rows:
    """By table, every row as text and how often it is there; of views and of staging only that they exist.

    Staging holds what the latest build had still to load: nothing, when the killed one had loaded all of it.
    """
    with duckdb.connect(str(home / "warehouse" / "vault.duckdb"), read_only=True) as connection:
        relations = connection.execute(
            """
            select
                table_schema || '."' || table_name || '"', any_value(table_type) = 'VIEW' or table_schema = 'staging',
                -- Two threads add doubles up in any order, so their last digits are not fixed.
                string_agg(
                    case when data_type = 'DOUBLE' then format('round("{}", 6)', column_name)
                    else format('"{}"', column_name) end,
                    ', ' order by ordinal_position
                )
            from information_schema.columns inner join information_schema.tables
                using (table_catalog, table_schema, table_name)
            group by table_schema, table_name
            """
        ).fetchall()
        return {
            name: Counter()
            if name_only
            else Counter(map(repr, connection.execute(f"select {columns} from {name}").fetchall()))
            for name, name_only, columns in relations
        }


def digest(table: Iterable[str]) -> str:
    """A digest of a table's rows, whatever order they came in."""
    text = hashlib.sha256()
    for row in sorted(table):
        text.update(row.encode() + b"\n")
    return text.hexdigest()


def compare(expected: Rows, found: Rows) -> Difference:
    """Tables whose digests differ or which only one side has, and the rows too few and too many."""
    lost = doubled = 0
    differing = []
    for table in sorted({*expected, *found}):
        wanted, got = expected.get(table), found.get(table)
        if wanted is None or got is None or digest(wanted.elements()) != digest(got.elements()):
            differing.append(table)
            lost += ((wanted or Counter()) - (got or Counter())).total()
            doubled += ((got or Counter()) - (wanted or Counter())).total()
    return Difference(tuple(differing), lost, doubled)
