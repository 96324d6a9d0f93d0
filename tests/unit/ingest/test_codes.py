"""Codes: known and valid at the time of the event, or else a warning or quarantine, as the contract says."""

from __future__ import annotations

from typing import Any

import pytest

from concepts.errors import ModelError
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
