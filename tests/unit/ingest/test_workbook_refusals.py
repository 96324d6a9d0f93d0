"""A workbook that breaks its contract as a whole is refused."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path
from typing import Any

import polars as pl

from concepts.sources import FileFormat


def workbook(path: Path, rows: pl.DataFrame, sheet: str = "Data") -> dict[str, Any]:
    rows.write_excel(path, worksheet=sheet)
    data = path.read_bytes()
    return {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest(), "records": rows.height}


def with_workbooks(county: Any) -> None:
    form = FileFormat(kind="xlsx", sheet="Data", date="%d.%m.%Y", datetime="%d.%m.%Y %H:%M", decimal=",")
    county.contract = county.contract.model_copy(update={"format": form})


def test_a_workbook_without_the_sheet_is_refused(county: Any, tmp_path: Path) -> None:
    with_workbooks(county)
    told = workbook(tmp_path / "book.xlsx", pl.DataFrame({"ID": ["1"]}), sheet="Other")
    county.deliver((tmp_path / "book.xlsx").read_bytes(), name="visit_1.xlsx", **told)
    assert county.refusal() == "missing_sheet"


def test_a_workbook_that_is_not_one_is_refused(county: Any) -> None:
    with_workbooks(county)
    county.deliver(b"PK not a workbook", name="visit_1.xlsx")
    assert county.refusal() == "broken_workbook"


def test_a_zip_bomb_is_refused(county: Any, tmp_path: Path) -> None:
    with_workbooks(county)
    with zipfile.ZipFile(tmp_path / "bomb", "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("xl/workbook.xml", b"0" * 20_000_000)
    county.deliver((tmp_path / "bomb").read_bytes(), name="visit_1.xlsx")
    assert county.refusal() == "too_large"
