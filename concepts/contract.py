"""The contract of one delivered table: what the gate demands of a file. Generated from the mapping and the model."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from concepts.metamodel import DataType, Frozen, Name, Text
from concepts.sources import Deleted, FileFormat, Semantics


class ContractColumn(Frozen):
    """One delivered column and all that the gate must know of it."""

    header: Text
    name: Name  # the name behind the gate
    type: DataType = DataType.STRING
    scale: int = Field(default=2, ge=0, le=9)  # decimals of a decimal column; more in the file make bad_number
    required: bool = False
    codes: Name | None = None  # the code set, a file ref_<codes>.csv
    code_valid_at: Name | None = None  # landing name of the column whose date decides which codes are valid
    unknown_code: Literal["quarantine", "warn"] = "quarantine"
    expired_code: Literal["quarantine", "warn"] = "warn"
    map: dict[str, str] = {}  # the source's own codes -> the national ones
    identity_code: bool = False  # a henkilötunnus: form, date and check character are verified
    pseudonym: Name | None = None  # the purpose whose key turns a direct identifier into a pseudonym

    @model_validator(mode="after")
    def _identity_codes_are_pseudonymised(self) -> Self:
        if self.identity_code and not self.pseudonym:
            raise ValueError(f'column "{self.header}" is an identity code, so it needs a pseudonym purpose')
        return self


class Contract(Frozen):
    """What one table of one source delivers, column by column."""

    source: Name
    table: Name
    semantics: Semantics
    files: Text
    format: FileFormat = FileFormat()
    key: tuple[Name, ...] = Field(min_length=1)  # landing names that tell the rows of one delivery apart
    deleted: Deleted | None = None  # landing name and values: of such a row only the key is read
    control_sums: tuple[Text, ...] = ()  # headers
    schema_version: Text = "1"
    timezone: Text = "Europe/Helsinki"
    columns: tuple[ContractColumn, ...] = Field(min_length=1)
    ignored: tuple[Text, ...] = ()  # headers, delivered and dropped at the gate unread

    @model_validator(mode="after")
    def _names_exist_once(self) -> Self:
        names = [column.name for column in self.columns]
        headers = [*(column.header for column in self.columns), *self.ignored]
        twice = sorted({x for told in (names, headers) for x in told if told.count(x) > 1})
        if twice:
            raise ValueError(f"told twice: {', '.join(twice)}")
        wanted = {*self.key, *(c.code_valid_at for c in self.columns if c.code_valid_at)}
        wanted |= {self.deleted.column} if self.deleted else set()
        missing = sorted(wanted - set(names)) + sorted(set(self.control_sums) - set(headers))
        if missing:
            raise ValueError(f"no such column: {', '.join(missing)}")
        return self

    @property
    def name(self) -> str:
        """The name of the contract's file and landing folder: ``<source>__<table>``."""
        return f"{self.source}__{self.table}"

    @property
    def record_source(self) -> str:
        """The name that the vault's rows carry: ``<source>.<table>``."""
        return f"{self.source}.{self.table}"
