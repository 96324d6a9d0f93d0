"""Rows: what fits is typed as declared, what does not goes to quarantine by number, column and reason."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from concepts.sources import Deleted, FileFormat
from tests.unit.ingest.conftest import GOOD, row, visit_contract


def test_of_a_row_that_tells_of_a_deletion_only_the_key_is_read(county: Any) -> None:
    county.contract = visit_contract(deleted=Deleted(column="name", values=("X",)), key=("id", "name"))
    nothing = {"TNRO": "", "STARTED": "yesterday", "URGENCY": "?", "FIRST": "", "AMOUNT": "much"}
    county.deliver_rows(row(), row(ID="2", NAME="X", **nothing), row(ID="3", **nothing), row(ID="", NAME="X"))
    county.ingest()
    landed = county.landed().sort("record_number").to_dicts()
    assert [one["id"] for one in landed] == ["1", "2"]
    assert {landed[1][name] for name in ("tnro", "started", "urgency", "first", "amount")} == {None}


def test_a_row_is_typed_as_its_contract_says(county: Any) -> None:
    county.deliver_rows(row())
    county.ingest()
    landed = county.landed().to_dicts()[0]
    assert len(landed.pop("tnro")) == 32
    assert len(landed.pop("delivery_id")) == 16
    assert landed == {
        "id": "1",
        "started": datetime(2025, 9, 1, 8),
        "day": date(2025, 9, 1),
        "urgency": "E",
        "first": True,
        "amount": Decimal("1.50"),
        "name": "Äiti",
        "record_number": 1,
        "extract_datetime": datetime(2025, 10, 1, 3),
        "load_datetime": datetime(2026, 1, 2, 3, 4),
        "record_source": "patient.visit",
        "is_quarantined": False,
    }


def test_landing_has_the_promised_types_also_before_the_first_delivery(county: Any) -> None:
    county.ingest()
    assert dict(county.landed().schema) == {
        **dict.fromkeys(["id", "tnro"], pl.String),
        "started": pl.Datetime("us"),
        "day": pl.Date,
        "urgency": pl.String,
        "first": pl.Boolean,
        "amount": pl.Decimal(18, 2),
        "name": pl.String,
        "delivery_id": pl.String,
        "record_number": pl.Int64,
        "extract_datetime": pl.Datetime("us"),
        "load_datetime": pl.Datetime("us"),
        "record_source": pl.String,
        "is_quarantined": pl.Boolean,
    }
    assert county.landed().is_empty()


BAD_VALUES = [
    ("TNRO", "010190-999Y", "bad_identity_code"),
    ("TNRO", "nobody", "bad_identity_code"),
    ("TNRO", "", "missing_value"),
    ("ID", "", "missing_value"),
    ("ID", " ", "missing_value"),
    ("DAY", "31.02.2025", "bad_date"),
    ("DAY", "2025-09-01", "bad_date"),
    ("DAY", "01.09.25", "bad_date"),
    ("DAY", "01.09.2025 08:00", "bad_date"),
    ("STARTED", "30.03.2025 03:30", "bad_datetime"),
    ("STARTED", "01.09.2025 24:00", "bad_datetime"),
    ("STARTED", "01.09.2025", "bad_datetime"),
    ("URGENCY", "Z", "unknown_code"),
    ("URGENCY", "e", "unknown_code"),
    ("FIRST", "X", "bad_boolean"),
    ("AMOUNT", "1.50", "bad_number"),
    ("AMOUNT", "1,505", "bad_number"),
    ("AMOUNT", "1 000,00", "bad_number"),
    ("AMOUNT", "1\u00a0000,00", "bad_number"),
    ("AMOUNT", "1e9", "bad_number"),
    ("AMOUNT", "NaN", "bad_number"),
    ("AMOUNT", "inf", "bad_number"),
    ("AMOUNT", "12345678901234567,00", "bad_number"),
    ("AMOUNT", "1,", "bad_number"),
    ("AMOUNT", "\u0661", "bad_number"),
]
GOOD_VALUES = [
    ("AMOUNT", " -0,5 ", Decimal("-0.50")),
    ("AMOUNT", "+7", Decimal(7)),
    ("AMOUNT", "1,5000", Decimal("1.50")),
    ("AMOUNT", "-0", Decimal(0)),
    ("AMOUNT", "9999999999999999,99", Decimal("9999999999999999.99")),
    ("AMOUNT", " ", None),
    ("DAY", " 29.02.2024", date(2024, 2, 29)),
    ("DAY", "31.12.9999", date(9999, 12, 31)),
    ("STARTED", "26.10.2025 03:30", datetime(2025, 10, 26, 3, 30)),
    ("FIRST", "E", False),
    ("NAME", " a ", " a "),
    ("NAME", "A\u0308iti", "Äiti"),
    ("NAME", '"a;""b""\nc"', 'a;"b"\nc'),
    ("NAME", "", None),
    ("URGENCY", "", None),
    ("DAY", "", None),
]


@pytest.fixture(scope="module")
def delivered(shared_county: Any) -> Any:
    """One delivery with a row for each bad value, and after them one for each good value."""
    told = [(column, value) for column, value, _ in (*BAD_VALUES, *GOOD_VALUES)]
    rows = [row(**{"ID": str(number), column: value}) for number, (column, value) in enumerate(told, 1)]
    shared_county.deliver_rows(*rows, records=len(rows))
    shared_county.ingest()
    return shared_county


@pytest.mark.parametrize("number", range(1, len(BAD_VALUES) + 1))
def test_a_value_that_does_not_fit_sends_its_row_to_quarantine(delivered: Any, number: int) -> None:
    column, _, reason = BAD_VALUES[number - 1]
    assert [fault for fault in delivered.quarantined() if fault[0] == number] == [(number, column, reason)]
    assert number not in delivered.landed()["record_number"]


@pytest.mark.parametrize("number", range(1, len(GOOD_VALUES) + 1))
def test_a_value_that_fits_is_landed(delivered: Any, number: int) -> None:
    column, _, value = GOOD_VALUES[number - 1]
    landed = delivered.landed().filter(record_number=len(BAD_VALUES) + number)
    assert landed[column.lower()].to_list() == [value]


def test_a_row_with_two_faults_is_one_quarantined_record(county: Any) -> None:
    county.deliver_rows(row(DAY="x", AMOUNT="y"))
    receipt = county.ingest().receipts[0]
    assert county.quarantined() == [(1, "AMOUNT", "bad_number"), (1, "DAY", "bad_date")]
    assert receipt.quarantined == 1


def test_a_row_with_a_field_too_many_is_quarantined_and_the_next_keeps_its_number(county: Any) -> None:
    county.deliver_rows(row() + ";extra", row(ID="2"))
    county.ingest()
    assert county.quarantined() == [(1, "", "wrong_field_count")]
    assert county.landed()["record_number"].to_list() == [2]


def test_an_identical_row_is_counted_and_loaded_once(county: Any) -> None:
    county.deliver_rows(row(), row(AMOUNT="1,5"), row(ID="2"))
    receipt = county.ingest().receipts[0]
    assert (receipt.loaded, receipt.duplicates) == (2, 1)
    assert county.landed()["record_number"].to_list() == [1, 3]


def test_differing_rows_of_one_key_all_go_to_quarantine(county: Any) -> None:
    county.deliver_rows(row(), row(AMOUNT="2"), row(), row(ID="2"))
    receipt = county.ingest().receipts[0]
    assert county.quarantined() == [(number, "ID", "conflicting_row") for number in (1, 2, 3)]
    assert (receipt.loaded, receipt.duplicates, receipt.reasons) == (1, 0, {"conflicting_row": 3})


def test_rows_that_differ_only_in_an_ignored_column_are_identical(county: Any) -> None:
    county.deliver(f"{';'.join(GOOD)};ADDRESS\n{row()};here\n{row()};there\n")
    assert county.ingest().receipts[0].duplicates == 1


def test_a_temporary_identity_is_counted_on_loaded_rows(county: Any) -> None:
    county.test_identities = "temporary"
    county.deliver_rows(row(), row(ID="2", DAY="x"))
    assert county.ingest().receipts[0].warnings == {"temporary_identity": 1}


def test_columns_are_found_by_name_in_any_order(county: Any) -> None:
    names = list(reversed(GOOD))
    county.deliver(f"{';'.join(names)}\n{';'.join(GOOD[name] for name in names)}\n")
    county.ingest()
    assert county.landed()["id"].item() == "1"


def test_local_times_of_another_zone_become_finnish(county: Any) -> None:
    county.contract = county.contract.model_copy(update={"timezone": "Europe/Stockholm"})
    county.deliver_rows(row())
    county.ingest()
    assert county.landed()["started"].item() == datetime(2025, 9, 1, 9)


def test_a_byte_order_mark_is_no_part_of_the_first_header(county: Any) -> None:
    county.deliver(b"\xef\xbb\xbf" + f"{';'.join(GOOD)}\n{row()}\n".encode())
    assert county.ingest().receipts[0].loaded == 1


def test_line_ends_may_be_mixed_and_the_last_may_be_missing(county: Any) -> None:
    county.deliver(f"{';'.join(GOOD)}\r\n{row()}\n\n{row(ID='2')}", records=2)
    assert county.ingest().receipts[0].loaded == 2


@pytest.mark.parametrize("as_text", [True, False])
def test_a_workbook_lands_as_a_text_file_would(county: Any, tmp_path: Path, as_text: bool) -> None:
    form = FileFormat(kind="xlsx", sheet="Data", date="%d.%m.%Y", datetime="%d.%m.%Y %H:%M")
    county.contract = county.contract.model_copy(update={"format": form})
    cells: dict[str, Any] = {**GOOD, "AMOUNT": "1.5"}
    if not as_text:
        cells |= {"DAY": date(2025, 9, 1), "STARTED": datetime(2025, 9, 1, 8), "AMOUNT": 1.5, "NAME": None}
    pl.DataFrame([cells]).write_excel(tmp_path / "book.xlsx", worksheet="Data")
    county.deliver((tmp_path / "book.xlsx").read_bytes(), name="visit_1.xlsx", records=1)
    assert county.ingest().receipts[0].loaded == 1
    landed = county.landed().row(0, named=True)
    assert (landed["day"], landed["started"]) == (date(2025, 9, 1), datetime(2025, 9, 1, 8))
    assert (landed["amount"], landed["name"]) == (Decimal("1.50"), "Äiti" if as_text else None)


def test_a_parquet_file_lands_as_a_text_file_would(county: Any, tmp_path: Path) -> None:
    county.contract = county.contract.model_copy(update={"format": FileFormat(kind="parquet")})
    cells: dict[str, Any] = {**GOOD, "DAY": date(2025, 9, 1), "STARTED": datetime(2025, 9, 1, 8), "AMOUNT": 1.5}
    pl.DataFrame([cells]).write_parquet(tmp_path / "rows")
    county.deliver((tmp_path / "rows").read_bytes(), name="visit_1.parquet", records=1)
    assert county.ingest().receipts[0].loaded == 1
    assert county.landed()["started"].item() == datetime(2025, 9, 1, 8)


def test_a_day_kept_as_its_midnight_and_a_count_kept_as_a_fraction_are_what_they_were(
    county: Any, tmp_path: Path
) -> None:
    county.contract = county.contract.model_copy(update={"format": FileFormat(kind="parquet")})
    good = {**GOOD, "STARTED": datetime(2025, 9, 1, 8), "DAY": datetime(2025, 9, 1), "AMOUNT": 1.0}
    cells = [good, {**good, "ID": "2", "DAY": datetime(2025, 9, 1, 12)}]
    pl.DataFrame(cells).write_parquet(tmp_path / "rows")
    county.deliver((tmp_path / "rows").read_bytes(), name="visit_1.parquet", records=2)
    assert county.ingest().receipts[0].loaded == 1
    assert county.landed().select("day", "amount").row(0) == (date(2025, 9, 1), Decimal("1.00"))
    assert county.quarantined() == [(2, "DAY", "bad_date")]


def test_a_control_sum_is_exact_over_decimal_commas(county: Any) -> None:
    county.contract = county.contract.model_copy(update={"control_sums": ("AMOUNT",)})
    county.deliver_rows(row(AMOUNT="0,10"), row(ID="2", AMOUNT="0,20"), control_sums={"AMOUNT": "0.3"})
    assert county.ingest().receipts[0].loaded == 2


def test_a_delivery_id_is_the_digest_of_source_table_and_content(county: Any) -> None:
    content = county.deliver_rows(row()).read_bytes()
    told = f"patient/visit/{hashlib.sha256(content).hexdigest()}"
    assert county.ingest().receipts[0].delivery_id == hashlib.sha256(told.encode()).hexdigest()[:16]
