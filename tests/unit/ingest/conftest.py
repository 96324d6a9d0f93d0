"""A county of one small contract, with a delivery folder and a home."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from concepts.contract import Contract, ContractColumn
from concepts.metamodel import DataType
from concepts.sources import FileFormat, Semantics
from ingest.gate import IngestReport, ingest_folder
from ingest.home import Home

HEADER = "ID;TNRO;STARTED;DAY;URGENCY;FIRST;AMOUNT;NAME"
CODES = "code,name_fi,valid_from,valid_to\nE,ei,2007-01-01,\nK,kyllä,2007-01-01,2014-12-31\n"


def visit_contract(**changes: Any) -> Contract:
    """Visits: one identity code, one column of each type, one ignored column."""
    columns = (
        ContractColumn(header="ID", name="id", required=True),
        ContractColumn(header="TNRO", name="tnro", required=True, identity_code=True, pseudonym="person"),
        ContractColumn(header="STARTED", name="started", type=DataType.DATETIME),
        ContractColumn(header="DAY", name="day", type=DataType.DATE),
        ContractColumn(header="URGENCY", name="urgency", type=DataType.CODE, codes="urgency", code_valid_at="started"),
        ContractColumn(header="FIRST", name="first", type=DataType.BOOLEAN, map={"K": "true", "E": "false"}),
        ContractColumn(header="AMOUNT", name="amount", type=DataType.DECIMAL),
        ContractColumn(header="NAME", name="name"),
    )
    told: dict[str, Any] = {
        "source": "patient",
        "table": "visit",
        "semantics": Semantics.DELTA,
        "files": "visit_*",
        "format": FileFormat(decimal=",", date="%d.%m.%Y", datetime="%d.%m.%Y %H:%M"),
        "key": ("id",),
        "columns": columns,
        "ignored": ("ADDRESS",),
    }
    return Contract(**{**told, **changes})


GOOD = {
    "ID": "1",
    "TNRO": "020594X903P",
    "STARTED": "01.09.2025 08:00",
    "DAY": "01.09.2025",
    "URGENCY": "E",
    "FIRST": "K",
    "AMOUNT": "1,50",
    "NAME": "Äiti",
}


def row(**changes: str) -> str:
    return ";".join({**GOOD, **changes}.values())


class County:
    """Delivers files to the gate and looks at what came out."""

    def __init__(self, root: Path) -> None:
        self.folder = root / "in"
        self.codes = root / "codes"
        for folder in (self.folder, self.codes):
            folder.mkdir()
        (self.codes / "ref_urgency.csv").write_text(CODES, encoding="utf-8")
        self.home = Home(root / "home")
        self.contract = visit_contract()
        self.test_identities = "persons"
        self.now = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)

    def deliver(self, content: str | bytes, name: str = "visit_1.csv", **told: Any) -> Path:
        """Write a file and its manifest; ``told`` overrides what the manifest says."""
        data = content.encode() if isinstance(content, str) else content
        path = self.folder / name
        path.write_bytes(data)
        manifest = {
            "source": self.contract.source,
            "table": self.contract.table,
            "file": name,
            "bytes": len(data),
            "sha256": hashlib.sha256(data).hexdigest(),
            "records": len(data.splitlines()) - 1,
            "control_sums": {},
            "extract_datetime": "2025-10-01T06:00:00+03:00",
            "schema_version": "1",
            **told,
        }
        Path(f"{path}.manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
        return path

    def deliver_rows(self, *rows: str, **told: Any) -> Path:
        """Deliver rows under the usual header."""
        return self.deliver("\n".join([HEADER, *rows]) + "\n", **told)

    def ingest(self, **options: Any) -> IngestReport:
        """Run the gate over the delivery folder."""
        usual: dict[str, Any] = {
            "home": self.home,
            "contracts": {self.contract.name: self.contract},
            "code_sets": self.codes,
            "test_identities": self.test_identities,
            "clock": lambda: self.now,
        }
        return ingest_folder(self.folder, **{**usual, **options})

    def landed(self) -> pl.DataFrame:
        """Everything that the SQL will see of the table."""
        return pl.read_parquet(sorted((self.home.landing / self.contract.name).glob("*.parquet")))

    def registered(self) -> pl.DataFrame:
        """The registry without its empty file's nothing."""
        return pl.read_parquet(sorted(self.home.registry.glob("*.parquet")))

    def quarantined(self) -> list[tuple[int, str, str]]:
        """Record number, column and reason of every fault."""
        paths = sorted(self.home.quarantine.glob("*.parquet"))
        return pl.read_parquet(paths).rows() if paths else []

    def refusal(self, **options: Any) -> str:
        """Ingest, and give the code of the only refusal; nothing may have been loaded."""
        report = self.ingest(**options)
        assert [receipt.state for receipt in report.receipts] == ["refused"]
        assert self.landed().is_empty()
        assert self.registered().is_empty()
        assert not self.quarantined()
        return report.refused[0].code


@pytest.fixture(scope="module")
def shared_county(tmp_path_factory: pytest.TempPathFactory) -> County:
    """One county for many looks at one delivery."""
    return County(tmp_path_factory.mktemp("county"))


@pytest.fixture
def county(tmp_path: Path) -> County:
    return County(tmp_path)
