"""What a supplier says of a delivered file: the manifest beside it."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Self

from pydantic import AwareDatetime, Field, StringConstraints, ValidationError, field_validator, model_validator

from concepts.errors import ContractError
from concepts.metamodel import Frozen, Name, Text

SUFFIX = ".manifest.json"
_LIMIT = 1_000_000  # bytes; a manifest is a page, not a data file

Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$", to_lower=True)]
Decimal = Annotated[str, StringConstraints(pattern=r"^-?\d{1,30}(\.\d{1,9})?$")]
FileName = Annotated[str, StringConstraints(pattern=r"^[\w][\w .,()+=@-]*$", max_length=200)]


class RefusedError(ContractError):
    """One delivery refused: ``code`` for the ledger, one sentence for the supplier."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class Manifest(Frozen):
    """A delivered file in the supplier's words; the gate believes it only after checking."""

    source: Name
    table: Name
    file: FileName
    bytes: int = Field(ge=0)
    sha256: Sha256
    records: int = Field(ge=0)
    control_sums: dict[Text, Decimal] = {}
    extract_datetime: AwareDatetime
    schema_version: Text
    part: int = Field(default=1, ge=1)
    parts: int = Field(default=1, ge=1, le=10_000)
    partition: Annotated[str, StringConstraints(max_length=100)] = ""  # what the file is the whole of, as 2025-03

    @field_validator("file")
    @classmethod
    def _file_stays_in_its_folder(cls, name: str) -> str:
        if ".." in name:
            raise ValueError("a file name, without a path")
        return name

    @model_validator(mode="after")
    def _part_is_one_of_the_parts(self) -> Self:
        if self.part > self.parts:
            raise ValueError("part is greater than parts")
        return self

    @property
    def name(self) -> str:
        """The name of the contract that the delivery comes under."""
        return f"{self.source}__{self.table}"

    @property
    def extracted(self) -> datetime:
        """The source's own time as naive UTC."""
        return self.extract_datetime.astimezone(UTC).replace(tzinfo=None)

    def delivery_id(self, *, again: bool = False) -> str:
        """16 hexadecimal characters of the content's digest; ``again``: with its extract time, part and partition."""
        told = f"{self.source}/{self.table}/{self.sha256}"
        if again:
            told += f"/{self.extracted.isoformat()}/{self.part}" + (f"/{self.partition}" if self.partition else "")
        return hashlib.sha256(told.encode()).hexdigest()[:16]


def read_manifest(path: Path) -> Manifest:
    """The manifest in ``path``; RefusedError names its fields and never what stands there."""
    if path.is_symlink() or not path.is_file():
        raise RefusedError("not_a_file", "The manifest is a link or not a file; deliver it as an ordinary file.")
    if path.stat().st_size > _LIMIT:
        raise RefusedError("bad_manifest", "The manifest is larger than 1 MB; deliver one manifest for each file.")
    try:
        told = json.loads(path.read_text(encoding="utf-8-sig"), object_pairs_hook=_each_key_once)
        return Manifest.model_validate(told)
    except ValidationError as error:
        fields = sorted({".".join(str(part) for part in e["loc"][:1]) or "the whole" for e in error.errors()})
        raise RefusedError("bad_manifest", f"The manifest is not valid in {', '.join(fields)}; correct it.") from None
    except (ValueError, RecursionError):
        raise RefusedError(
            "bad_manifest", "The manifest is not JSON in UTF-8 with each key once; write it anew."
        ) from None


def _each_key_once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    if len({key for key, _ in pairs}) < len(pairs):
        raise ValueError("a key stands twice")
    return dict(pairs)
