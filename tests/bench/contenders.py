"""Those that are compared: how each is set up, how it loads a delivery, and what its vault then holds.

`python -m tests.bench.contenders DATABASE RELATIONS` prints the latter.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from pathlib import Path

import duckdb

from tests.bench import ours
from tests.bench.deliveries import THING, path
from tests.bench.measuring import Cost, engine, python, run

Contents = dict[str, tuple[int, str]]  # target -> its rows, and a digest of what they say
Relations = dict[str, tuple[str, str]]  # target -> where its rows lie, and which columns say something


@dataclass(frozen=True)
class Contender:
    """One way to load the vault. `load` takes its folder, the deliveries' folder and a delivery's number, or 0."""

    name: str
    prepare: Callable[[Path], None]
    load: Callable[[Path, Path, int], Cost]
    database: str
    relations: Relations

    def contents(self, folder: Path) -> Contents:
        """How many rows each target holds, and what they say."""
        said = run(python("contenders", folder / self.database, json.dumps(self.relations)))[1]
        return {target: (rows, digest) for target, (rows, digest) in json.loads(said).items()}


def _load_by(module: str, folder: Path, deliveries: Path, number: int, *, words: tuple[str, ...] = ()) -> Cost:
    file = [path(deliveries, THING, number)] if number else []
    return run(python(module, folder / "vault.duckdb", *words, *file))[0]


def _by_hand(name: str, keys: str) -> Contender:
    load = partial(_load_by, "by_hand", words=(keys,))
    return Contender(name, Path.mkdir, load, "vault.duckdb", PLAIN)


PAYLOAD = "a0, a1, a2, a3, a4, a5"
PLAIN = {"hub": ("hub", "id"), "second hub": ("grp", "grp"), "link": ("lnk", "1"), "satellite": ("sat", PAYLOAD)}
TOLD = "(select * from raw_vault.{} where record_source <> 'ghost')"
OURS = {
    "hub": (TOLD.format("hub_thing"), "thing_id"),
    "second hub": (TOLD.format("hub_thing_group"), "group_id"),
    "link": (TOLD.format("lnk_thing_grouping"), "1"),
    "satellite": (TOLD.format("sat_thing_detail__bench_thing"), PAYLOAD),
}
SOTEVAULT = Contender("sotevault", ours.prepare, ours.load, ours.DATABASE, OURS)
RIVAL = Contender("datavault4sqlglot", Path.mkdir, partial(_load_by, "rival"), "vault.duckdb", PLAIN)
BY_HAND = _by_hand("by hand", "number")
BY_HAND_WITH_OUR_KEYS = _by_hand("by hand, our keys", "uuid")
RIVAL_IS_HERE = find_spec("datavault4sqlglot") is not None


def counted(database: Path, relations: Relations) -> dict[str, list[object]]:
    """Rows and digest of each relation."""
    with duckdb.connect(str(database), read_only=True, config=engine()) as connection:
        return {
            target: list(
                connection.execute(
                    f"select count(*), cast(sum(cast(hash({columns}) as hugeint)) as varchar) from {relation}"
                ).fetchall()[0]
            )
            for target, (relation, columns) in relations.items()
        }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(counted(Path(sys.argv[1]), json.loads(sys.argv[2]))))
