"""The language of a source mapping: what a system delivers and which concepts its columns feed."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Any, Literal
from zoneinfo import available_timezones

from pydantic import Field, field_validator, model_validator

from concepts.metamodel import DataType, Frozen, Name, Term, Text
from concepts.quoting import quoted_text
from concepts.spelling import Flag, Once, once_each

_ZONE = re.compile(r"(?<!%)(?:%%)*%[^%a-zA-Z]*[zZ]")
# Year, month and day; some signs tell several of them.
_DAY = [re.compile(f"%[-_0]?[{signs}]") for signs in ("GYyFDxcs", "mbBhjUVWFDxcs", "dejuwaAFDxcs")]


class Semantics(StrEnum):
    """What a row's absence means: full: it is gone; partition: gone from the delivered part; delta, event: nothing."""

    FULL = "full"
    DELTA = "delta"
    PARTITION = "partition"
    EVENT = "event"


class FileFormat(Frozen):
    """How the supplier writes the file."""

    kind: Literal["csv", "xlsx", "parquet"] = "csv"
    delimiter: str = ";"
    encoding: Literal["utf-8", "utf-8-sig", "iso-8859-1", "windows-1252"] = "utf-8"
    decimal: Literal[".", ","] = "."
    date: str = "%Y-%m-%d"
    datetime: str = "%Y-%m-%dT%H:%M:%S"
    sheet: Text | None = None

    @field_validator("delimiter")
    @classmethod
    def _separates(cls, delimiter: str) -> str:
        if len(delimiter) != 1 or delimiter in '"\r\n':
            raise ValueError("is no delimiter; give one character that is neither a quote nor the end of a line")
        return delimiter

    @field_validator("date", "datetime")
    @classmethod
    def _tells_a_time(cls, form: str) -> str:
        if not all(part.search(form.replace("%%", "")) for part in _DAY):
            raise ValueError("is no form of a date; write it with %Y, %m and %d, such as %d.%m.%Y")
        if _ZONE.search(form):
            raise ValueError("tells a zone, and times are local to the source's timezone; deliver them without it")
        return form


class Column(Frozen):
    """One delivered column. Type, codes and privacy come from the attribute that it feeds, unless told here."""

    type: DataType | None = None
    required: Flag = False
    name: Name | None = None  # the name behind the gate; by default the header in lower case
    identity_code: Flag = False  # a henkilötunnus: its form, date and check character are verified
    code_valid_at: Text | None = None  # header of the column whose date decides which codes are valid
    unknown_code: Literal["quarantine", "warn"] = "quarantine"
    expired_code: Literal["quarantine", "warn"] = "warn"
    map: dict[str, str] = {}  # the source's own codes -> the national ones


class Feed(Frozen):
    """How a row tells of one instance of a concept."""

    concept: Name | None = None  # by default the feed's own name, which is its role
    when: Text | None = None  # the row tells of it only if this column is filled
    key: dict[Name, Text]  # key attribute -> header
    attributes: dict[Name, Text] = {}  # attribute -> header
    # By default all whose participants the table feeds, if the row describes it.
    links: Annotated[tuple[Name, ...] | None, Once] = None

    @property
    def headers(self) -> dict[str, str]:
        """Every attribute that it feeds, key first, with the header that it comes from."""
        return self._headers

    @property
    def fed(self) -> dict[str, list[str]]:
        """Every header that it reads for an attribute, with the attributes that come from it."""
        return self._fed

    @cached_property
    def _headers(self) -> dict[str, str]:
        return {**self.key, **self.attributes}

    @cached_property
    def _fed(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for name, header in self.headers.items():
            found.setdefault(header, []).append(name)
        return found


class Deleted(Frozen):
    """How a row says that what it is about is gone: a column holds one of these values."""

    column: Text
    values: Annotated[tuple[Text, ...], Once] = Field(min_length=1)

    def holds(self, column: str) -> str:
        """The SQL condition that a row says so; ``column`` is what the flag's column is called there."""
        return f"coalesce({column} in ({', '.join(map(quoted_text, self.values))}), false)"


class Table(Frozen):
    """One delivered file: its form, what a row's absence means, and what its columns feed."""

    files: Text
    semantics: Semantics
    key: Annotated[tuple[Text, ...], Once] = Field(min_length=1)  # headers that tell the rows of one delivery apart
    format: FileFormat = FileFormat()
    control_sums: Annotated[tuple[Text, ...], Once] = ()
    deleted: Deleted | None = None
    columns: dict[Text, Column]
    ignored: Annotated[tuple[Text, ...], Once] = ()  # delivered, and dropped at the gate unread
    feeds: dict[Name, Feed] = Field(min_length=1)
    schema_version: Text = "1"

    @field_validator("columns", mode="before")
    @classmethod
    def _headers_differ(cls, columns: Any) -> Any:
        """Blanks around a header are no part of it, nor is how its letters are typed: two keys may be one column."""
        headers = columns if isinstance(columns, dict) else ()
        once_each(tuple(unicodedata.normalize("NFC", str(header).strip()) for header in headers))
        return columns

    @field_validator("files")
    @classmethod
    def _names_files(cls, files: str) -> str:
        if set(files) & set("/\\"):
            raise ValueError("a file's name has no folder; name the files alone, such as visits_*.csv")
        return files

    @model_validator(mode="after")
    def _headers_exist(self) -> Table:
        told: list[str] = [*self.key, *self.control_sums]
        told += [c.code_valid_at for c in self.columns.values() if c.code_valid_at]
        told += [self.deleted.column] if self.deleted else []
        for feed in self.feeds.values():
            told += [*feed.key.values(), *feed.attributes.values(), *([feed.when] if feed.when else [])]
        unknown = sorted(set(told) - set(self.columns))
        if unknown:
            raise ValueError(f"no such column: {', '.join(unknown)}; list it under columns")
        return self

    def landing_name(self, header: str) -> str:
        """The name that a delivered column has behind the gate."""
        return self.columns[header].name or header.lower()


class SourceMapping(Frozen):
    """All tables of one source system."""

    source: Name
    term: Term
    owner: Text
    timezone: Text = "Europe/Helsinki"
    tables: dict[Name, Table] = Field(min_length=1)

    @field_validator("timezone")
    @classmethod
    def _zone_exists(cls, zone: str) -> str:
        if zone not in available_timezones():
            raise ValueError(f"no such time zone: {zone}; give a name of the IANA database, such as Europe/Helsinki")
        return zone
