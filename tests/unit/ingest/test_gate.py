"""The gate as a whole: once by content, balanced, safe to kill, one at a time, and silent about persons."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from concepts.errors import BusyError, SotevaultError
from ingest import gate, landing
from ingest.home import Home, single_writer
from ingest.receipts import Receipt, append_receipt, read_receipts

HEADER = "ID;TNRO;STARTED;DAY;URGENCY;FIRST;AMOUNT;NAME"
CODE = "020594X903P"
ROW = f"1;{CODE};01.09.2025 08:00;01.09.2025;E;K;1,50;Testi"


def test_the_same_delivery_again_is_received_already_and_changes_nothing(county: Any) -> None:
    county.deliver_rows(ROW)
    county.ingest()
    before = county.landed()
    county.now += timedelta(days=1)
    assert [receipt.state for receipt in county.ingest().receipts] == ["already received"]
    assert county.landed().equals(before)
    assert len(list(read_receipts(county.home.receipts))) == 1


def test_the_same_content_under_another_name_is_received_already(county: Any) -> None:
    county.deliver_rows(ROW, name="visit_1.csv")
    county.deliver_rows(ROW, name="visit_2.csv")
    assert [receipt.state for receipt in county.ingest().receipts] == ["loaded", "already received"]


def test_a_state_that_comes_back_later_is_a_delivery_of_its_own(county: Any) -> None:
    for number, amount in enumerate(["1,50", "2,50", "1,50"], 1):
        told = {"name": f"visit_{number}.csv", "extract_datetime": f"2025-10-0{number}T06:00:00+03:00"}
        county.deliver_rows(ROW.replace("1,50", amount), **told)
    states = [receipt.state for receipt in county.ingest().receipts]
    assert states == ["loaded"] * 3
    assert [receipt.state for receipt in county.ingest().receipts] == ["already received"] * 3
    assert county.landed().sort("extract_datetime")["amount"].cast(pl.Float64).to_list() == [1.5, 2.5, 1.5]


def test_two_empty_parts_of_one_extract_are_two_deliveries(county: Any) -> None:
    county.deliver_rows(name="visit_1.csv", part=1, parts=2)
    county.deliver_rows(name="visit_2.csv", part=2, parts=2)
    county.ingest()
    assert sorted(county.registered()["part"].to_list()) == [1, 2]


def test_deliveries_are_taken_in_the_order_of_their_extract_times(county: Any) -> None:
    county.deliver_rows(ROW, name="visit_1.csv", extract_datetime="2025-10-02T00:30:00+03:00")
    county.deliver_rows(ROW + "x", name="visit_2.csv", extract_datetime="2025-10-01T22:00:00Z")
    county.deliver_rows(ROW + "y", name="visit_3.csv", extract_datetime="2025-10-01T21:00:00Z")
    assert [receipt.file[6] for receipt in county.ingest().receipts] == ["3", "1", "2"]


def test_a_file_without_a_manifest_waits_and_other_files_are_no_deliveries(county: Any) -> None:
    (county.folder / "visit_9.csv").write_text("half")
    (county.folder / "notes.txt").write_text("hello")
    report = county.ingest()
    assert report.waiting == ("visit_9.csv",)
    assert not report.receipts


def test_an_extract_time_in_the_future_is_a_warning(county: Any) -> None:
    county.now = datetime(2025, 9, 1, tzinfo=UTC)
    county.deliver_rows(ROW)
    assert county.ingest().receipts[0].warnings == {"extracted_in_future": 1}


def test_the_registry_row_tells_what_the_ledger_tells(county: Any) -> None:
    county.deliver_rows(ROW, ROW, "2;bad")
    receipt = county.ingest().receipts[0]
    registered = county.registered().to_dicts()[0]
    assert registered == {
        "delivery_id": receipt.delivery_id,
        "source": "patient",
        "table_name": "visit",
        "record_source": "patient.visit",
        "file_name": "visit_1.csv",
        "file_sha256": receipt.sha256,
        "semantics": "delta",
        "extract_datetime": datetime(2025, 10, 1, 3),
        "load_datetime": datetime(2026, 1, 2, 3, 4),
        "records": 3,
        "loaded": 1,
        "quarantined": 1,
        "duplicates": 1,
        "part": 1,
        "parts": 1,
        "schema_version": "1",
        "partition_value": "",
    }
    assert list(read_receipts(county.home.receipts)) == [receipt]


def files(home: Home) -> dict[str, bytes]:
    """Every file of the home but keys, by its path, with Parquet read for its rows."""
    told = {}
    for path in sorted(home.root.rglob("*")):
        if path.is_file() and home.keys not in path.parents:
            rows = pl.read_parquet(path).write_json().encode() if path.suffix == ".parquet" else path.read_bytes()
            told[str(path.relative_to(home.root))] = rows
    return told


STEPS = ["land", "quarantine", "register", "append_receipt"]


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("step", STEPS)
def test_a_run_killed_at_any_step_is_simply_run_again(
    county: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, when: str
) -> None:
    rows = (ROW, ROW, "2;bad", ROW.replace("1;", "3;", 1))
    county.deliver_rows(*rows)
    (tmp_path / "other" / "keys").mkdir(parents=True)
    undisturbed = Home(tmp_path / "other")
    county.ingest(home=undisturbed)
    county.home.create()
    (county.home.keys / "root.key").write_bytes((undisturbed.keys / "root.key").read_bytes())
    (county.home.keys / "root.key").chmod(0o400)

    owner = gate if step == "append_receipt" else landing
    real = getattr(owner, step)

    def die(*told: Any) -> None:
        if when == "after":
            real(*told)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(owner, step, die)
        with pytest.raises(KeyboardInterrupt):
            county.ingest()
    county.ingest()
    assert files(county.home) == files(undisturbed)


def test_a_receipt_that_a_crash_cut_short_is_written_anew(tmp_path: Path) -> None:
    path = tmp_path / "receipts.jsonl"
    receipt = Receipt(file="a", state="loaded")
    append_receipt(path, receipt)
    with path.open("a") as file:
        file.write('{"file": "b", "sta')
    append_receipt(path, receipt)
    assert list(read_receipts(path)) == [receipt, receipt]


def test_a_landing_file_that_was_lost_is_landed_anew_at_its_first_load_time(county: Any) -> None:
    county.deliver_rows(ROW)
    receipt = county.ingest().receipts[0]
    before = county.landed()
    (county.home.landing / "patient__visit" / f"{receipt.delivery_id}.parquet").unlink()
    county.now += timedelta(days=9)
    county.ingest()
    assert county.landed().equals(before)


def test_a_second_writer_is_told_that_the_home_is_busy(tmp_path: Path) -> None:
    def enter() -> None:
        with single_writer(Home(tmp_path)):
            pass

    with ThreadPoolExecutor(1) as other, single_writer(Home(tmp_path)):
        error = other.submit(enter).exception()
    assert isinstance(error, BusyError)
    assert error.exit_code == 75


def test_who_holds_the_home_may_enter_it_again_and_leaves_it_free(tmp_path: Path) -> None:
    for _ in range(2):
        with single_writer(Home(tmp_path)), single_writer(Home(tmp_path)):
            pass


def test_files_and_folders_are_closed_to_others(county: Any) -> None:
    county.deliver_rows(ROW, "2;bad")
    county.ingest()
    for path in (county.home.root, *county.home.root.rglob("*")):
        assert path.stat().st_mode & 0o007 == 0, path


def test_no_byte_of_the_home_and_no_message_holds_an_identity_code(county: Any) -> None:
    """Canaries in good rows, faulty rows, conflicts, a shifted row and a refused file."""
    county.deliver_rows(
        ROW,
        ROW.replace("1;", "2;", 1).replace("01.09.2025;E", f"{CODE};{CODE}"),
        ROW.replace("1;", "3;", 1) + f";{CODE}",
        ROW.replace("1;", "4;", 1),
        ROW.replace("1;", "4;", 1).replace("1,50", "2,50"),
        f"5;{CODE[:-1]}Q;{CODE};{CODE};{CODE};{CODE};{CODE};x",
    )
    county.deliver(f"{ROW}\n{ROW}\n", name="visit_2.csv")
    county.deliver(f"{HEADER};{CODE}\n{ROW};x\n", name="visit_3.csv")
    report = county.ingest()
    assert [receipt.state for receipt in report.receipts] == ["loaded", "refused", "refused"]
    assert CODE[:6] not in report.model_dump_json()
    for path in county.home.root.rglob("*"):
        if path.is_file():
            held = path.read_bytes()
            if path.suffix == ".parquet":
                held += pl.read_parquet(path).write_json().encode()
            assert CODE[:6].encode() not in held, path


FIELD = st.sampled_from(["", "E", "K", CODE, "01.09.2025", "01.09.2025 08:00", "1,5", "x", " ", '"', "1;2"])
FIELDS = st.lists(FIELD, min_size=7, max_size=7).map(lambda fields: ";".join(f.replace('"', '""""') for f in fields))
ROWS = st.lists(st.tuples(st.sampled_from("123"), st.one_of(st.just(ROW[2:]), FIELDS)).map(";".join), max_size=12)


@given(rows=ROWS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_record_is_loaded_quarantined_or_a_duplicate(county: Any, rows: list[str]) -> None:
    county.now += timedelta(seconds=1)
    county.deliver_rows(*rows, records=len(rows), extract_datetime=county.now.isoformat())
    receipt = county.ingest().receipts[0]
    assert receipt.state == "loaded"
    assert receipt.records == len(rows) == receipt.loaded + receipt.quarantined + receipt.duplicates
    landed = county.landed().filter(pl.col("delivery_id") == receipt.delivery_id)
    assert landed.height == receipt.loaded
    assert landed["id"].is_unique().all()


def test_receipts_are_plain_json_lines(county: Any) -> None:
    county.deliver_rows(ROW, "2;bad")
    county.ingest()
    told = json.loads(county.home.receipts.read_text(encoding="utf-8"))
    assert told["state"] == "loaded"
    assert told["reasons"] == {"wrong_field_count": 1}


def test_a_folder_that_does_not_exist_is_told(county: Any) -> None:
    county.folder.rmdir()
    with pytest.raises(SotevaultError, match="no folder"):
        county.ingest()


def test_a_home_that_cannot_be_written_is_told(county: Any, tmp_path: Path) -> None:
    (tmp_path / "occupied").write_text("a file")
    with pytest.raises(SotevaultError, match="run again"):
        county.ingest(home=Home(tmp_path / "occupied"))


def test_a_file_of_misfits_only_is_quarantined_whole(county: Any) -> None:
    county.deliver_rows("1;bad", "2;bad")
    receipt = county.ingest().receipts[0]
    assert (receipt.loaded, receipt.quarantined) == (0, 2)
    assert dict(county.landed().schema)["amount"] == pl.Decimal(18, 2)
