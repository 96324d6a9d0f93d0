"""A file that breaks its contract as a whole is refused in one sentence, and nothing of it is loaded."""

from __future__ import annotations

import json
import os
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from concepts.errors import ContractError
from concepts.sources import Semantics

HEADER = "ID;TNRO;STARTED;DAY;URGENCY;FIRST;AMOUNT;NAME"
ROW = "1;020594X903P;01.09.2025 08:00;01.09.2025;E;K;1,50;Äiti"
GOOD = f"{HEADER}\n{ROW}\n"


def test_a_file_with_fewer_bytes_than_told_is_refused(county: Any) -> None:
    path = county.deliver(GOOD)
    path.write_bytes(path.read_bytes()[:-3])
    assert county.refusal() == "size_differs"


def test_a_file_with_another_digest_than_told_is_refused(county: Any) -> None:
    path = county.deliver(GOOD)
    path.write_bytes(path.read_bytes().replace(b"1,50", b"1,51"))
    assert county.refusal() == "digest_differs"


def test_fewer_records_than_told_are_refused(county: Any) -> None:
    county.deliver(GOOD, records=2)
    assert county.refusal() == "record_count_differs"


def test_a_header_alone_is_refused_if_records_were_told(county: Any) -> None:
    county.deliver(HEADER + "\n", records=5)
    assert county.refusal() == "record_count_differs"


def test_an_empty_file_is_refused(county: Any) -> None:
    county.deliver("", records=0)
    assert county.refusal() == "no_header"


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (GOOD.encode("iso-8859-1"), "utf-8"),
        (GOOD.encode("windows-1252"), "utf-8-sig"),
        (GOOD.encode("utf-8"), "iso-8859-1"),
        (GOOD.encode("utf-8"), "windows-1252"),
        (GOOD.replace("Äiti", "5 \u20ac Ä").encode("windows-1252"), "iso-8859-1"),
        (GOOD[:-5].encode() + b"\xc3", "utf-8"),
    ],
)
def test_a_file_in_another_encoding_than_declared_is_refused(county: Any, content: bytes, encoding: str) -> None:
    form = county.contract.format.model_copy(update={"encoding": encoding})
    county.contract = county.contract.model_copy(update={"format": form})
    county.deliver(content)
    assert county.refusal() == "wrong_encoding"


def test_nul_bytes_are_refused(county: Any) -> None:
    county.deliver(GOOD.replace("Äiti", "a\0b"))
    assert county.refusal() == "nul_bytes"


def test_utf_16_is_refused(county: Any) -> None:
    county.deliver(GOOD.encode("utf-16"))
    assert county.refusal() == "nul_bytes"


def test_an_unclosed_quote_is_refused(county: Any) -> None:
    county.deliver(GOOD.replace("Äiti", '"Äiti'))
    assert county.refusal() == "broken_records"


def test_text_after_a_closing_quote_is_refused(county: Any) -> None:
    county.deliver(GOOD.replace("Äiti", '"Äi"ti'))
    assert county.refusal() == "broken_records"


def test_a_field_of_megabytes_is_refused(county: Any) -> None:
    county.deliver(GOOD.replace("Äiti", "x" * 1_000_000))
    assert county.refusal() == "broken_records"


def test_a_wrong_delimiter_is_refused(county: Any) -> None:
    county.deliver(GOOD.replace(";", "|"))
    assert county.refusal() == "no_header"


def test_a_file_without_a_header_is_refused_without_repeating_its_first_row(county: Any) -> None:
    county.deliver(f"{ROW}\n{ROW}\n")
    report = county.ingest()
    assert report.refused[0].code == "no_header"
    assert "020594" not in report.model_dump_json()


def test_a_renamed_column_is_refused_by_its_header(county: Any) -> None:
    county.deliver(GOOD.replace("AMOUNT", "PRICE"))
    report = county.ingest()
    assert report.refused[0].code == "missing_column"
    assert '"AMOUNT"' in report.refused[0].message


def test_a_column_named_twice_is_refused(county: Any) -> None:
    county.deliver(GOOD.replace("NAME", "NAME;NAME").replace("Äiti", "a;b"))
    assert county.refusal() == "duplicate_column"


def test_a_column_without_a_declaration_is_refused_by_its_header(county: Any) -> None:
    county.deliver(GOOD.replace("NAME", "NAME;PHONE").replace("Äiti", "a;b"))
    report = county.ingest()
    assert report.refused[0].code == "undeclared_column"
    assert '"PHONE"' in report.refused[0].message


def test_an_undeclared_column_headed_by_a_value_is_named_by_its_place(county: Any) -> None:
    county.deliver(GOOD.replace("NAME", "NAME;020594X903P").replace("Äiti", "a;b"))
    message = county.ingest().refused[0].message
    assert "column 9" in message
    assert "020594" not in message


def test_a_control_sum_that_differs_is_refused(county: Any) -> None:
    county.contract = county.contract.model_copy(update={"control_sums": ("AMOUNT",)})
    county.deliver(GOOD, control_sums={"AMOUNT": "1.51"})
    assert county.refusal() == "control_sum_differs"


def test_a_declared_control_sum_may_not_be_left_out(county: Any) -> None:
    county.contract = county.contract.model_copy(update={"control_sums": ("AMOUNT",)})
    county.deliver(GOOD)
    assert county.refusal() == "control_sum_differs"


def test_another_schema_version_is_refused(county: Any) -> None:
    county.deliver(GOOD, schema_version="2")
    assert county.refusal() == "schema_version_differs"


def test_an_unknown_table_is_refused(county: Any) -> None:
    county.deliver(GOOD, table="secret")
    assert county.refusal() == "unknown_table"


def test_a_file_named_otherwise_than_agreed_is_refused(county: Any) -> None:
    county.deliver(GOOD, name="other.csv")
    assert county.refusal() == "unexpected_file_name"


@pytest.mark.parametrize(
    "name", ["../visit_1.csv", "/etc/passwd", "a/visit_1.csv", "..", "visit_..csv", "a\\b", "a\nb"]
)
def test_a_path_in_the_manifest_is_refused(county: Any, name: str) -> None:
    county.deliver(GOOD, file=name)
    assert county.refusal() == "bad_manifest"


def test_a_symbolic_link_is_refused(county: Any, tmp_path: Path) -> None:
    path = county.deliver(GOOD)
    path.rename(tmp_path / "elsewhere.csv")
    path.symlink_to(tmp_path / "elsewhere.csv")
    assert county.refusal() == "not_a_file"


def test_a_manifest_that_is_a_link_is_refused(county: Any, tmp_path: Path) -> None:
    path = Path(f"{county.deliver(GOOD)}.manifest.json")
    path.rename(tmp_path / "elsewhere.json")
    path.symlink_to(tmp_path / "elsewhere.json")
    assert county.refusal() == "not_a_file"


def test_a_pipe_is_refused_and_does_not_hang(county: Any) -> None:
    path = county.deliver(GOOD)
    path.unlink()
    os.mkfifo(path)
    assert county.refusal() == "not_a_file"


def test_a_missing_file_is_refused(county: Any) -> None:
    county.deliver(GOOD).unlink()
    assert county.refusal() == "file_missing"


def test_a_file_beyond_the_limit_is_refused(county: Any) -> None:
    county.deliver(GOOD)
    assert county.refusal(limit_bytes=10) == "too_large"


@pytest.mark.parametrize(
    "manifest",
    [
        "",
        "[]",
        "{",
        '{"source": "patient", "source": "patient"}',
        json.dumps({"source": "patient"}),
        "[" * 100_000,
        '{"file": "\\ud800"}',
    ],
)
def test_a_manifest_that_cannot_be_believed_is_refused(county: Any, manifest: str) -> None:
    Path(f"{county.deliver(GOOD)}.manifest.json").write_text(manifest, encoding="utf-8")
    assert county.refusal() == "bad_manifest"


@pytest.mark.parametrize(
    "told",
    [
        {"extract_datetime": "2025-10-01T06:00:00"},
        {"sha256": "abc"},
        {"records": -1},
        {"part": 2, "parts": 1},
        {"control_sums": {"AMOUNT": "1e5"}},
        {"surprise": 1},
    ],
)
def test_a_manifest_with_a_wrong_field_is_refused(county: Any, told: dict[str, Any]) -> None:
    county.deliver(GOOD, **told)
    assert county.refusal() == "bad_manifest"


def test_other_content_for_the_same_name_time_and_part_is_refused_as_a_conflict(county: Any) -> None:
    county.deliver(GOOD)
    county.ingest()
    county.deliver(GOOD.replace("1,50", "2,50"))
    report = county.ingest()
    assert [refusal.code for refusal in report.refused] == ["conflicting_delivery"]
    assert county.landed().height == 1


def test_a_partition_must_say_what_it_is_the_whole_of(county: Any) -> None:
    county.contract = county.contract.model_copy(update={"semantics": Semantics.PARTITION})
    county.deliver(GOOD)
    assert county.refusal() == "bad_manifest"


def test_what_is_delivered_whole_is_no_partition(county: Any) -> None:
    county.contract = county.contract.model_copy(update={"semantics": Semantics.FULL})
    county.deliver(GOOD, partition="2025-10")
    assert county.refusal() == "bad_manifest"


def test_two_partitions_of_one_time_are_two_deliveries_and_a_second_content_of_one_is_a_conflict(county: Any) -> None:
    county.contract = county.contract.model_copy(update={"semantics": Semantics.PARTITION})
    county.deliver(GOOD, name="visit_1.csv", partition="2025-09")
    county.deliver(GOOD, name="visit_2.csv", partition="2025-10")
    assert not county.ingest().refused
    assert county.registered().get_column("partition_value").sort().to_list() == ["2025-09", "2025-10"]
    county.deliver(GOOD.replace("1,50", "2,50"), name="visit_3.csv", partition="2025-10")
    assert [refusal.code for refusal in county.ingest().refused] == ["conflicting_delivery"]


def test_two_snapshots_of_one_time_are_a_conflict_under_any_name(county: Any) -> None:
    county.contract = county.contract.model_copy(update={"semantics": Semantics.FULL})
    county.deliver(GOOD, name="visit_1.csv")
    county.deliver(GOOD.replace("1,50", "2,50"), name="visit_2.csv")
    assert [refusal.code for refusal in county.ingest().refused] == ["conflicting_delivery"]


def test_other_content_in_a_raised_schema_version_is_no_conflict(county: Any) -> None:
    county.deliver(GOOD)
    county.ingest()
    county.contract = county.contract.model_copy(update={"schema_version": "2"})
    county.deliver(GOOD.replace("1,50", "2,50"), schema_version="2")
    assert not county.ingest().refused


def test_the_other_files_are_handled_when_one_is_refused(county: Any) -> None:
    county.deliver(GOOD, name="visit_1.csv", records=7)
    county.deliver(GOOD.replace("1,50", "2,50"), name="visit_2.csv", extract_datetime="2025-11-01T06:00:00+02:00")
    report = county.ingest()
    assert [receipt.state for receipt in report.receipts] == ["refused", "loaded"]
    with pytest.raises(ContractError, match="the manifest says 7") as caught:
        report.raise_if_refused()
    assert caught.value.exit_code == 11


def test_a_refusal_stands_in_the_ledger_once_however_often_it_is_met(county: Any) -> None:
    county.deliver(GOOD, records=7)
    county.ingest()
    county.ingest()
    lines = county.home.receipts.read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["reasons"] for line in lines] == [{"record_count_differs": 1}]


def test_a_header_in_decomposed_letters_is_the_same_header(county: Any) -> None:
    columns = tuple(
        column.model_copy(update={"header": "NIMEÄ"}) if column.name == "name" else column
        for column in county.contract.columns
    )
    county.contract = county.contract.model_copy(update={"columns": columns})
    county.deliver(GOOD.replace("NAME", unicodedata.normalize("NFD", "NIMEÄ")))
    assert not county.ingest().refused
