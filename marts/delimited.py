"""Delimited text for spreadsheets and other programs: numbers stay numbers, text can never start a formula."""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

# A spreadsheet takes a cell that begins with one of these, also in full-width form, for a formula.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_PLAIN_NUMBER = re.compile(r"-?\d+(\.\d+)?", re.ASCII)


def cell(value: object) -> str:
    """The value as the text of a cell: decimal point, ISO dates, true and false, nothing for NULL."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return format(Decimal(repr(value)), "f").removesuffix(".0") if math.isfinite(value) else ""
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date | datetime):
        return value.isoformat()
    return _safe_text(str(value))


def _safe_text(value: str) -> str:
    """The text itself, or with an apostrophe in front if a spreadsheet would run it."""
    if value.startswith(_FORMULA_STARTS) and not _PLAIN_NUMBER.fullmatch(value):
        return "'" + value
    return value


def write_delimited(file: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    """Write the rows as `;`-separated UTF-8; the caller gets how many there were, header not counted."""
    count = 0
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, delimiter=";", lineterminator="\n")
        writer.writerow([cell(name) for name in columns])
        for row in rows:
            writer.writerow([cell(value) for value in row])
            count += 1
    return count
