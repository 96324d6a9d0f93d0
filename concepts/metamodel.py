"""The language of the concept model: what a concept may say. Frozen, validated, no reading or writing."""

from __future__ import annotations

from enum import StrEnum
from functools import cached_property
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from concepts.spelling import Count, Flag, Once

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$", max_length=50)]
Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
SqlFile = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*\.sql$", max_length=100)]
LinkPath = Annotated[str, StringConstraints(pattern=r"^([a-z][a-z0-9_]*\.)?[a-z][a-z0-9_]*$", max_length=101)]
Dimension = Literal["HYV", "TAR", "SAA", "LAA", "VAI", "KUS", "TUO", "YHD", "YHT", "INV"]


class Frozen(BaseModel):
    """A value that cannot change and refuses keys that it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class DataType(StrEnum):
    """The types that an attribute may have; each has one canonical text form, which keys are computed over."""

    STRING = "string"
    CODE = "code"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    DATETIME = "datetime"
    BOOLEAN = "boolean"

    @property
    def sql(self) -> str:
        """The SQL type, in words that DuckDB and Spark both know."""
        return {
            "integer": "bigint",
            "decimal": "decimal(18, 2)",
            "date": "date",
            "datetime": "timestamp",
            "boolean": "boolean",
        }.get(self.value, "string")


class Privacy(StrEnum):
    """How near a person an attribute is; the only place where that is said."""

    DIRECT_IDENTIFIER = "direct_identifier"
    QUASI_IDENTIFIER = "quasi_identifier"
    SENSITIVE = "sensitive"
    NONE = "none"


class Term(Frozen):
    """One meaning in the languages of the reader."""

    en: Text
    fi: Text
    sv: Text
    se: Text | None = None


class Canonical(StrEnum):
    """What is done to a key before it is stored and hashed, in this order, if the concept says so."""

    TRIM = "trim"  # blanks (U+0020) at both ends
    UPPER = "upper"
    LOWER = "lower"
    EMPTY_IS_NULL = "empty_is_null"


class Attribute(Frozen):
    """One property of a concept."""

    type: DataType
    term: Term
    privacy: Privacy = Privacy.NONE
    pseudonym: Name | None = None  # the purpose whose key turns a direct identifier into a pseudonym
    codes: Name | None = None  # the code set, a file ref_<codes>.csv
    unit: Text | None = None
    definition: Text | None = None
    international: Text | None = None
    canonical: tuple[Canonical, ...] = ()  # of a key: spellings that mean the same become one

    @model_validator(mode="after")
    def _canonical_fits(self) -> Self:
        if self.canonical and self.type not in (DataType.STRING, DataType.CODE):
            raise ValueError("canonical is for text; a value of another type has one form already, so take it out")
        if {Canonical.UPPER, Canonical.LOWER} <= set(self.canonical):
            raise ValueError("canonical says both upper and lower; choose one")
        return self

    @model_validator(mode="after")
    def _privacy_and_codes_agree(self) -> Self:
        if (self.privacy is Privacy.DIRECT_IDENTIFIER) != (self.pseudonym is not None):
            raise ValueError(
                "a direct_identifier has a pseudonym's purpose, nothing else has; mend privacy or pseudonym"
            )
        if self.codes and self.type is not DataType.CODE:
            raise ValueError("only an attribute of type code has a code set; take codes out or say type: code")
        return self


class Satellite(Frozen):
    """Attributes that change together: one aspect, one rate of change, one privacy class."""

    attributes: dict[Name, Attribute] = Field(min_length=1)
    child_key: Annotated[
        tuple[Name, ...], Once
    ] = ()  # what tells the rows of one key apart: makes the satellite multi-active
    computed: SqlFile | None = None  # the query that computes it, beside the concept; no source feeds it

    @model_validator(mode="after")
    def _child_key_is_an_attribute(self) -> Self:
        for name in self.child_key:
            if name not in self.attributes:
                raise ValueError(f'child_key "{name}" is not one of the attributes; add it to them or mend the name')
        if any(attribute.canonical for attribute in self.attributes.values()):
            raise ValueError("canonical is for keys; a satellite keeps what was delivered, so take it out")
        if self.child_key and self.computed:
            raise ValueError("a computed satellite has one row a key; take child_key out")
        return self


class Participant(Frozen):
    """A concept in a relation, in a role; the role is the concept's own name unless it says otherwise."""

    role: Name
    concept: Name


class Sort(StrEnum):
    """relation: any; hierarchy: the participant stands above the owner; same_as: both are one and the same."""

    RELATION = "relation"
    HIERARCHY = "hierarchy"
    SAME_AS = "same_as"


class Link(Frozen):
    """A relation from this concept, its owner, to others; one row per owner holds at a time, unless driven is false."""

    participants: tuple[Participant, ...] = Field(min_length=1)
    sort: Sort = Sort.RELATION
    driven: Flag = True  # False: many rows per owner may hold at once, so no effectivity satellite
    child_key: dict[Name, Attribute] = {}  # dependent child key: what tells relations of the same participants apart
    satellites: dict[Name, Satellite] = {}  # what is known of the relation itself

    @property
    def attributes(self) -> dict[str, Attribute]:
        """Every attribute of the relation by name, its child key first."""
        rest = {name: a for part in self.satellites.values() for name, a in part.attributes.items()}
        return {**self.child_key, **rest}

    @model_validator(mode="before")
    @classmethod
    def _roles_in_short(cls, data: dict[str, object]) -> dict[str, object]:
        """Accept ``person`` for ``{role: person, concept: person}``."""
        told = data.get("participants") if isinstance(data, dict) else None
        if isinstance(told, list | tuple):
            short = [{"role": item, "concept": item} if isinstance(item, str) else item for item in told]
            data = {**data, "participants": short}
        return data


Period = Literal["day", "week", "month", "quarter", "year"]


class Calendar(Frozen):
    """The days of snapshots: the last day of each period that a delivery reaches, or the days of a reference.

    ``keep`` thins them: so many of the latest days, weeks, months, quarters or years; without it all ``every``.
    """

    every: Period = "month"
    keep: dict[Period, Count] = {}
    days_of: Name | None = None  # a reference concept whose key is one date


class Snapshots(Frozen):
    """What is computed for the days of a calendar."""

    calendar: Calendar = Calendar()

    @model_validator(mode="before")
    @classmethod
    def _calendar_in_short(cls, data: Any) -> Any:
        """Accept ``month`` and ``month_end`` for ``{every: month}``."""
        if isinstance(data, dict) and isinstance(data.get("calendar"), str):
            return {**data, "calendar": {"every": data["calendar"].removesuffix("_end")}}
        return data


class PointInTime(Snapshots):
    """Which satellites a point-in-time table joins, and on which days."""

    satellites: Annotated[tuple[Name, ...], Once] = Field(min_length=1)


class Bridge(Snapshots):
    """A way along relations: from the concept to what its links reach, and on from there."""

    path: tuple[LinkPath, ...] = Field(min_length=1)
    effective: Flag = True  # the relations in force on each day; False: all that were ever told, without days


class Validity(Frozen):
    """The attributes that say from which day on a reference may be used, and the last day of it."""

    begins: Name
    ends: Name


class Kind(StrEnum):
    """hub: a thing with a key and a history; transaction: an event; reference: a code or the like, by version."""

    HUB = "hub"
    TRANSACTION = "transaction"
    REFERENCE = "reference"


class Concept(Frozen):
    """One thing that the county's people talk about, with its key, attributes and relations."""

    concept: Name
    kind: Kind = Kind.HUB
    term: Term
    definition: Term
    source: Text
    owner: Text
    dimensions: Annotated[tuple[Dimension, ...], Once] = ()
    key: dict[Name, Attribute] = Field(min_length=1)
    key_scope: Literal["shared", "source"] = "shared"
    satellites: dict[Name, Satellite] = {}
    links: dict[Name, Link] = {}
    point_in_time: PointInTime | None = None
    bridges: dict[Name, Bridge] = {}
    validity: Validity | None = None  # of a reference
    told_anew: Literal["refused", "corrects"] = "refused"  # what a transaction told otherwise later on means
    tracked: Flag = False  # keep a record of each delivery that named the key

    @model_validator(mode="after")
    def _parts_fit(self) -> Self:
        names = [*self.key, *(name for part in self.satellites.values() for name in part.attributes)]
        names += [name for link in self.links.values() for name in link.child_key]
        names += [n for link in self.links.values() for part in link.satellites.values() for n in part.attributes]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(f"attribute {', '.join(twice)} is declared twice; give each meaning one name")
        if self.point_in_time:
            unknown = set(self.point_in_time.satellites) - set(self.satellites)
            if unknown:
                raise ValueError(f"point_in_time: no satellite {', '.join(sorted(unknown))}; add it or mend the name")
        if self.kind is Kind.REFERENCE and self.links:
            raise ValueError("a reference has no links; take them out or leave kind out")
        return self

    @property
    def attributes(self) -> dict[str, Attribute]:
        """Every attribute of the concept and of its relations by name, key first."""
        return self._attributes

    @cached_property
    def _attributes(self) -> dict[str, Attribute]:  # with a sign before it, for it is no field of dict(concept)
        rest = {name: a for part in self.satellites.values() for name, a in part.attributes.items()}
        return {**self.key, **rest, **{n: a for link in self.links.values() for n, a in link.attributes.items()}}

    @property
    def is_event(self) -> bool:
        """Whether it is a transaction, which has no hub."""
        return self.kind is Kind.TRANSACTION

    @property
    def told_satellites(self) -> dict[str, Satellite]:
        """The satellites that sources feed: all but the computed ones."""
        return {aspect: part for aspect, part in self.satellites.items() if part.computed is None}


class ConceptModel(Frozen):
    """All concepts by name; relations point to concepts that exist."""

    concepts: dict[Name, Concept]
    queries: dict[SqlFile, str] = {}  # of computed satellites, as they stand beside the concepts

    def __getitem__(self, name: str) -> Concept:
        return self.concepts[name]
