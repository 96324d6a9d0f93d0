"""Questions in SQL to a release: reading only, nothing but the release within reach."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb

from concepts.errors import ReleaseError
from marts.packing import DATABASE
from marts.release import latest, valid_id

# What must not be reached cannot be reached: no other file, no extension, no setting that undoes this.
_LOCKED: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": False,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "temp_directory": "",  # a large sort must not write into the release
    "lock_configuration": True,
}
_READS = (duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN)
_ABOUT_THE_TEXT = (duckdb.ParserException, duckdb.BinderException, duckdb.CatalogException)


def query(releases: Path, sql: str, *, release: str | None = None) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
    """Column names and rows of one reading statement over a release, the latest unless told."""
    release_id = valid_id(release) if release else latest(releases)
    database = releases / release_id / DATABASE
    if not database.is_file():
        raise ReleaseError(f"release {release_id}: not found; there are: {', '.join(release_ids(releases)) or 'none'}")
    connection = duckdb.connect(str(database), read_only=True, config=_LOCKED)
    try:
        statement = _one_reading(connection, sql)
        result = connection.execute(statement)
        columns = tuple(str(item[0]) for item in result.description or ())
        return columns, result.fetchall()
    except duckdb.Error as error:
        raise ReleaseError(_explained(connection, error)) from None
    finally:
        connection.close()


def release_ids(releases: Path) -> list[str]:
    """The ids of all releases in the folder, sorted."""
    return sorted(found.parent.parent.name for found in releases.glob(f"[!.]*/{DATABASE}"))


def _one_reading(connection: duckdb.DuckDBPyConnection, sql: str) -> duckdb.Statement:
    statements = connection.extract_statements(sql)
    if len(statements) != 1:
        raise ReleaseError(f"the query holds {len(statements)} statements; give exactly one select")
    if statements[0].type not in _READS:
        raise ReleaseError(f"a release is only read: {statements[0].type.name} is refused; write a select")
    return statements[0]


def _explained(connection: duckdb.DuckDBPyConnection, error: duckdb.Error) -> str:
    """The engine's complaint about the query's own words, else only its kind; tables listed when one is unknown."""
    kind = type(error).__name__.removesuffix("Exception")
    if not isinstance(error, _ABOUT_THE_TEXT):
        return f"the query failed ({kind} error); it reads only the tables of the release: {_tables(connection)}"
    said = str(error).splitlines()[0].partition(": ")[2]
    if isinstance(error, duckdb.CatalogException):
        return f"{said} The release has: {_tables(connection)}"
    return f"{said}; mend the query"


def _tables(connection: duckdb.DuckDBPyConnection) -> str:
    found = connection.execute("select table_name from duckdb_tables() order by table_name").fetchall()
    return ", ".join(str(row[0]) for row in found)
