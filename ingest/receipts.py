"""The ledger's receipts: one line for each delivery that the gate accepted or refused, never changed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from concepts.errors import SotevaultError
from concepts.metamodel import Frozen


class Receipt(Frozen):
    """What became of one delivery: counts of records, and reasons by code; never a value of a record."""

    delivery_id: str = ""  # empty if the manifest could not be believed
    source: str = ""
    table: str = ""
    file: str
    sha256: str = ""
    state: Literal["loaded", "already received", "refused"]
    records: int = 0
    loaded: int = 0
    quarantined: int = 0
    duplicates: int = 0
    reasons: dict[str, int] = {}
    warnings: dict[str, int] = {}

    @property
    def balances(self) -> bool:
        """Whether every record went somewhere, once."""
        return self.records == self.loaded + self.quarantined + self.duplicates


def read_receipts(path: Path) -> Iterator[Receipt]:
    """Receipts in the order they were written; a last line that a crash cut short is not one."""
    if not path.exists():
        return
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(keepends=True), 1):
        if not line.endswith("\n"):
            return
        try:
            yield Receipt.model_validate_json(line)
        except ValidationError:
            raise SotevaultError(f"ledger/{path.name} line {number} is damaged; restore it from its backup.") from None


def append_receipt(path: Path, receipt: Receipt) -> None:
    """Add one line and force it to the disk; what a crash left half-written goes first."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o640)
    with os.fdopen(descriptor, "rb+") as file:
        whole = file.read().rfind(b"\n") + 1
        file.truncate(whole)
        file.seek(whole)
        file.write(receipt.model_dump_json().encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())
