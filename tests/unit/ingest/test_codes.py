"""Codes: known and valid at the time of the event, or else a warning or quarantine, as the contract says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from concepts.errors import ModelError
from ingest.codes import CodeSets
from tests.unit.ingest.conftest import row


def test_a_code_that_has_expired_by_the_event_is_a_warning(county: Any) -> None:
    county.deliver_rows(row(URGENCY="K"))
    receipt = county.ingest().receipts[0]
    assert receipt.loaded == 1
    assert receipt.warnings == {"expired_code": 1}


def test_a_code_that_was_valid_at_the_event_is_no_warning(county: Any) -> None:
    county.deliver_rows(row(URGENCY="K", STARTED="31.12.2014 23:59"))
    assert county.ingest().receipts[0].warnings == {}


def test_validity_is_not_judged_where_the_event_has_no_date(county: Any) -> None:
    county.deliver_rows(row(URGENCY="K", STARTED=""))
    assert county.ingest().receipts[0].warnings == {}


def with_policy(county: Any, **policy: str) -> None:
    columns = tuple(
        column.model_copy(update=policy) if column.name == "urgency" else column for column in county.contract.columns
    )
    county.contract = county.contract.model_copy(update={"columns": columns})


def test_an_unknown_code_is_kept_with_a_warning_where_the_contract_says_so(county: Any) -> None:
    with_policy(county, unknown_code="warn")
    county.deliver_rows(row(URGENCY="588"))
    assert county.ingest().receipts[0].warnings == {"unknown_code": 1}
    assert county.landed()["urgency"].item() == "588"


def test_an_expired_code_is_quarantined_where_the_contract_says_so(county: Any) -> None:
    with_policy(county, expired_code="quarantine")
    county.deliver_rows(row(URGENCY="K"))
    county.ingest()
    assert county.quarantined() == [(1, "URGENCY", "expired_code")]


def test_a_code_set_that_does_not_exist_is_an_error_of_the_model(county: Any) -> None:
    with_policy(county, codes="nowhere")
    county.deliver_rows(row())
    with pytest.raises(ModelError, match=r"ref_nowhere\.csv"):
        county.ingest()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (b"code,valid_from,valid_to\nA,2025-01-01,\nB,1.1.2025,\n", "valid_from in row 3 is no date; write it as"),
        (b"code,valid_from,valid_to\nA,,2025-02-30\n", "valid_to in row 2 is no date"),
        (b"code,name\nA,a\n", "lacks the columns valid_from, valid_to"),
        (b"", "is no CSV in UTF-8 with commas"),
        ("code,valid_from,valid_to\nA,,\n".encode("utf-16"), "lacks the columns code"),
        (b"code,valid_from,valid_to\n\xe4,,\n", "is no CSV in UTF-8 with commas"),
        (b"code,valid_from,valid_to\nA,,,,,\n", "is no CSV in UTF-8 with commas"),
    ],
)
def test_a_code_set_that_cannot_be_read_says_where(tmp_path: Path, text: bytes, told: str) -> None:
    (tmp_path / "ref_sex.csv").write_bytes(text)
    with pytest.raises(ModelError, match=rf"ref_sex\.csv:? {told}"):
        CodeSets(tmp_path)["sex"]
