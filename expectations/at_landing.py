"""What suppliers promise us: checks of the landed rows, derived from the contracts and completed by hand."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import duckdb

import concepts
from concepts.contract import Contract, ContractColumn
from concepts.errors import ExpectationError
from concepts.metamodel import DataType
from concepts.quoting import quoted, quoted_text
from expectations.rules import read_rules
from expectations.running import Promise, Sentence, Suite, Verdict, judge, never

CODE_SETS = Path(concepts.__file__).with_name("codes")
# A local time is up to three hours ahead of the extract time, which is kept in UTC.
_LATER = "cast({column} as timestamp) > extract_datetime + interval 3 hours"


def check_landing(
    landing: Path, contracts: Mapping[str, Contract], *, code_sets: Path = CODE_SETS
) -> tuple[Verdict, ...]:
    """A verdict for every promise of every contracted table, over all landed deliveries."""
    rules = read_rules("landing")
    suites = [
        Suite(
            name=f"landing.{contract.name}",
            table=contract.name,
            promises=(
                *_derived(contract, code_sets, rules.may_be_later.get(contract.name, ())),
                *(rule.promise() for rule in rules.tables.get(contract.name, ())),
            ),
        )
        for contract in sorted(contracts.values(), key=lambda contract: contract.name)
    ]
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "landing.duckdb"
        _name_landing(database, landing, [suite.table for suite in suites])
        return judge(database, suites)


def _name_landing(database: Path, landing: Path, tables: list[str]) -> None:
    """A database of views only, so that each landed table has a name; no row leaves the landing."""
    with duckdb.connect(str(database)) as connection:
        for table in tables:
            if not any((landing / table).glob("*.parquet")):
                raise ExpectationError(f"landing/{table}: not there; run sotevault ingest before checking")
            files = quoted_text(str(landing / table / "*.parquet"))
            connection.execute(f"create view {quoted(table)} as select * from read_parquet({files})")


def _derived(contract: Contract, code_sets: Path, may_be_later: tuple[str, ...]) -> Iterator[Promise]:
    """The promises that the contract itself makes."""
    keys = ", ".join(contract.key)
    yield Promise(
        "key_is_unique_in_a_delivery",
        "critical",
        Sentence(
            en=f"{contract.record_source}: one delivery tells each key ({keys}) once.",
            fi=f"{contract.record_source}: yksi toimitus kertoo kunkin avaimen ({keys}) kerran.",
        ),
        "ExpectCompoundColumnsToBeUnique",
        {"column_list": ["delivery_id", *contract.key], "ignore_row_if": "never"},
    )
    for column in contract.columns:
        where = f'{contract.record_source}, "{column.header}"'
        yield from _filled(contract, column, where)
        yield from _pseudonymous(column, where)
        yield from _of_code_set(column, where, code_sets)
        if column.type in (DataType.DATE, DataType.DATETIME) and column.name not in may_be_later:
            yield Promise(
                f"{column.name}_is_not_later_than_the_extract",
                "warning",
                Sentence(
                    en=f"{where}: has not happened after the time of the extract.",
                    fi=f"{where}: ei ole tapahtunut poimintahetken jälkeen.",
                ),
                "UnexpectedRowsExpectation",
                never(_LATER.format(column=column.name)),
            )


def _filled(contract: Contract, column: ContractColumn, where: str) -> Iterator[Promise]:
    if not column.required:
        return
    en, fi = "every row", "jokaisella rivillä"
    how: tuple[str, dict[str, Any]] = ("ExpectColumnValuesToNotBeNull", {"column": column.name})
    if contract.deleted and column.name not in contract.key:
        en, fi = f"{en} but those of deletions", f"{fi} paitsi poistoja kertovilla"
        is_deletion = contract.deleted.holds(quoted(contract.deleted.column))
        how = ("UnexpectedRowsExpectation", never(f"{quoted(column.name)} is null and not {is_deletion}"))
    sentence = Sentence(en=f"{where}: is filled on {en}.", fi=f"{where}: on täytetty {fi}.")
    yield Promise(f"{column.name}_is_filled", "critical", sentence, *how)


def _pseudonymous(column: ContractColumn, where: str) -> Iterator[Promise]:
    if column.pseudonym:
        yield Promise(
            f"{column.name}_is_a_pseudonym",
            "critical",
            Sentence(
                en=f"{where}: behind the gate there are only pseudonyms (32 hexadecimal characters).",
                fi=f"{where}: portin jälkeen on vain peitetunnuksia (32 heksadesimaalimerkkiä).",
            ),
            "UnexpectedRowsExpectation",
            never(f"length({column.name}) <> 32 or regexp_matches({column.name}, '[^0-9a-f]')"),
        )


def _of_code_set(column: ContractColumn, where: str, code_sets: Path) -> Iterator[Promise]:
    if column.codes:
        yield Promise(
            f"{column.name}_is_in_its_code_set",
            "critical" if column.unknown_code == "quarantine" else "warning",
            Sentence(
                en=f"{where}: every code is in the code set {column.codes}.",
                fi=f"{where}: jokainen koodi on koodistossa {column.codes}.",
            ),
            "ExpectColumnValuesToBeInSet",
            {"column": column.name, "value_set": _codes(code_sets / f"ref_{column.codes}.csv")},
        )


def _codes(file: Path) -> list[str]:
    """Every code that the set has ever had; whether it was valid at the time is for the gate to say."""
    try:
        with file.open(encoding="utf-8", newline="") as lines:
            return sorted({row["code"] for row in csv.DictReader(lines)})
    except (FileNotFoundError, KeyError):
        raise ExpectationError(
            f"concepts/codes/{file.name}: no such code set with a column code; write it or mend the mapping"
        ) from None
