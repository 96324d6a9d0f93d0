"""A synthetic county written out: three deliveries of every table, and the truth beside them."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import polars as pl

from concepts.metamodel import Frozen
from ingest.synthetic.deliveries import Delivered, held_in_the_end
from ingest.synthetic.faults import expected_quarantine, faulty_rows
from ingest.synthetic.figures import Figure, figures
from ingest.synthetic.moments import Moment, period_of
from ingest.synthetic.truth import AccessCase, access_cases
from ingest.synthetic.world import synthesise_tables
from ingest.synthetic.writing import as_text, tables, write_delivery

REPEATED = {"patient.avohilmo", "patient.referral", "social.matter", "finance.ledger", "reference.resident"}
REPEATED_SHARE = 0.0002
Quarantined = tuple[str, str, str, str, int]


class Summary(Frozen):
    """What was written: every delivered file, and the records of each table over all deliveries."""

    files: tuple[Path, ...]
    records: dict[str, int]


def synthesise(
    out: Path,
    *,
    county: str = "20",
    population: int = 20_000,
    months: int = 12,
    seed: int = 612,
    first_month: date = date(2025, 1, 1),
    defects: bool = False,
) -> Summary:
    """Write ``out``/deliveries and ``out``/truth; the same arguments give the same bytes.

    With ``defects``, rows that the gate must quarantine are added; the truth about the good rows stays the same.
    """
    period = period_of(first_month, months)
    delivered = synthesise_tables(county, population, seed, period)
    files: list[Path] = []
    records: dict[str, int] = {}
    counted: list[Figure] = []
    quarantined: list[Quarantined] = []
    for name, table in delivered.items():
        for rows, moment in zip(table, period.arriving, strict=True):
            text, repeated = _with_repeats(name, as_text(rows, tables()[name]))
            if defects:
                quarantined += _expected(name, moment, text)
                text = pl.concat([text, faulty_rows(name, text)])
            files.append(_write(out / "deliveries" / moment.folder, name, text, moment))
            records[name] = records.get(name, 0) + len(text)
            counted.append(Figure("records", f"{name}|{moment.folder}", str(len(text))))
            counted.append(Figure("duplicates", f"{name}|{moment.folder}", str(repeated)))
    held = {name: _held(name, table) for name, table in delivered.items()}
    truth = out / "truth"
    truth.mkdir(parents=True, exist_ok=True)
    _write_rows(truth / "access_cases.csv", AccessCase._fields, access_cases(held, period.end))
    _write_rows(truth / "figures.csv", Figure._fields, [*figures(held, county, period), *counted])
    _write_rows(truth / "expected_quarantine.csv", ("source", "table", "delivery", "reason", "count"), quarantined)
    return Summary(files=tuple(files), records=records)


def _held(name: str, table: Delivered) -> pl.DataFrame:
    told = tables()[name]
    return held_in_the_end(table, list(told.key), told.semantics)


def _with_repeats(name: str, text: pl.DataFrame) -> tuple[pl.DataFrame, int]:
    """A few rows delivered twice, as happens; how many."""
    if name not in REPEATED or text.is_empty():
        return text, 0
    count = max(1, round(len(text) * REPEATED_SHARE))
    again = text.gather_every(len(text) // count).head(count)
    return pl.concat([text, again]), count


def _expected(name: str, moment: Moment, text: pl.DataFrame) -> list[Quarantined]:
    source, table = name.split(".")
    reasons = expected_quarantine(name, text)
    return [(source, table, moment.folder, reason, count) for reason, count in reasons.items()]


def _write(folder: Path, name: str, text: pl.DataFrame, moment: Moment) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return write_delivery(folder, name, text, moment)[0]


def _write_rows(file: Path, fields: Iterable[str], rows: Iterable[Iterable[object]]) -> None:
    """A UTF-8 CSV: ISO dates, true and false, empty where nothing is known."""
    with file.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target, lineterminator="\n")
        writer.writerow(fields)
        for row in rows:
            writer.writerow([_spell(value) for value in row])


def _spell(value: object) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)
