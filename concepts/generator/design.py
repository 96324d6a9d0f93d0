"""The vault's design: every table that a concept model and its source mappings ask for, before any SQL is written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from concepts.generator import naming
from concepts.metamodel import Attribute, Concept, ConceptModel, DataType, Kind, Link, Satellite
from concepts.sources import Feed, Semantics, SourceMapping, Table


@dataclass(frozen=True)
class Column:
    """A column of a generated table; ``origin`` is the staged column that fills it, or a cast if none does."""

    name: str
    type: str
    origin: str = ""
    attribute: Attribute | None = None

    @property
    def staged(self) -> str:
        """The expression that gives the value out of a staged row."""
        return self.origin if self.origin.startswith("cast(") else f"staged.{self.origin}"

    @property
    def renamed(self) -> bool:
        """Whether the staged column has another name."""
        return self.origin != self.name


@dataclass(frozen=True)
class Hashed:
    """A hash key that staging computes."""

    column: str
    parts: tuple[str, ...]  # landing columns as ``name`` or ``name:type``, and literals in quotes
    when: str | None = None  # the landing column without which the row has no such key

    @property
    def texts(self) -> list[str]:
        """The parts as staging names them once they are canonical text: ``name__text``; a literal stays what it is."""
        return [part if part[0] == "'" else f"{part.split(':')[0]}__text" for part in self.parts]


@dataclass(frozen=True)
class FeedDesign:
    """A concept that the rows of a delivered table tell of, in a role, and the feed that says so."""

    role: str
    concept: Concept
    mapping: Feed
    table: TableDesign

    @property
    def key(self) -> str:
        """The staged column of its hash key."""
        return naming.hub_key(self.role)

    @property
    def is_row(self) -> bool:
        """Whether each row is one of it: the table's key is its key."""
        return set(self.mapping.key.values()) == set(self.table.mapping.key)

    @property
    def is_subject(self) -> bool:
        """Whether rows describe it, rather than only point at it."""
        return bool(self.mapping.attributes) or self.is_row

    @property
    def is_listed(self) -> bool:
        """Whether the table tells which of it are there: by a flag on its rows, or as a snapshot that describes it."""
        if is_snapshot(self.table):
            return not self.concept.is_event and (self.is_row or self._delivers_aspect(of_sets=False))
        return self.table.has_flag and self.is_row

    @property
    def has_details(self) -> bool:
        """Whether the table tells which of it have a set of rows, such as phones: with its last row a set is gone."""
        return tells_presence(self.table) and self._delivers_aspect(of_sets=True)

    def _delivers_aspect(self, *, of_sets: bool) -> bool:
        return any(
            self.delivers(part) for part in self.concept.told_satellites.values() if bool(part.child_key) == of_sets
        )

    def delivers(self, part: Satellite) -> bool:
        """Whether the table feeds any attribute of the aspect."""
        return not part.attributes.keys().isdisjoint(self.mapping.attributes)

    @property
    def hub(self) -> str:
        return hub_of(self.concept)

    @property
    def origin(self) -> str:
        """How the names of its tables of history end: source and table, and the role if it is not the concept's."""
        return naming.origin(self.table.source, self.table.table, self.role, self.concept.concept)

    def landing(self, attribute: str) -> str | None:
        """The landing column that feeds the attribute, if any."""
        header = self.mapping.headers.get(attribute)
        return self.table.mapping.landing_name(header) if header else None

    def columns(self, attributes: dict[str, Attribute]) -> tuple[Column, ...]:
        """The attributes as columns; one that the table does not deliver is NULL of its type."""
        return tuple(
            Column(name, a.type.sql, self.landing(name) or f"cast(null as {a.type.sql})", a)
            for name, a in attributes.items()
        )


@dataclass(frozen=True)
class TableDesign:
    """One delivered table with all that its rows feed."""

    source: str
    table: str
    mapping: Table
    timezone: str
    feeds: dict[str, FeedDesign] = field(default_factory=dict, compare=False)

    @property
    def name(self) -> str:
        return naming.staging(self.source, self.table)

    @property
    def record_source(self) -> str:
        return f"{self.source}.{self.table}"

    @property
    def has_flag(self) -> bool:
        """Whether a column of its rows can say that what they are about is gone."""
        return self.mapping.deleted is not None

    @property
    def landed(self) -> tuple[Column, ...]:
        """The columns of its landing table, typed, in the order of the mapping."""
        return tuple(Column(self.mapping.landing_name(h), self.type_of(h).sql) for h in self.mapping.columns)

    def type_of(self, header: str) -> DataType:
        """The column's type: its own, else that of the attribute it feeds, else text."""
        column = self.mapping.columns[header]
        if column.type:
            return column.type
        return next((attribute.type for attribute in self.fed_by(header)), DataType.STRING)

    def fed_by(self, header: str) -> list[Attribute]:
        """The attributes that a delivered column feeds."""
        return [
            feed.concept.attributes[name] for feed in self.feeds.values() for name in feed.mapping.fed.get(header, ())
        ]

    def canonical_of(self, header: str) -> list[str]:
        """The canonical steps, in order, that a key which the column feeds takes before it is stored and hashed."""
        asked = next((attribute.canonical for attribute in self.fed_by(header)), ())
        return [str(step) for step in sorted(asked)]

    def part(self, header: str, type_: DataType | None = None) -> str:
        """A landing column as the hash macros take it: its name, and ``:type`` behind it unless it is text."""
        kind = type_ or self.type_of(header)
        plain = kind in (DataType.STRING, DataType.CODE)
        return self.mapping.landing_name(header) + ("" if plain else f":{kind}")

    def hashed_keys(self) -> Iterator[Hashed]:
        """The hash keys of every concept that a row tells of."""
        for feed in self.feeds.values():
            scope = (f"'{self.source}'",) if feed.concept.key_scope == "source" else ()
            parts = tuple(self.part(feed.mapping.key[name]) for name in feed.concept.key)
            when = self.mapping.landing_name(feed.mapping.when) if feed.mapping.when else None
            yield Hashed(feed.key, scope + parts, when)

    def links(self) -> Iterator[tuple[FeedDesign, str, Link]]:
        """The relations that a row tells of: those of the concepts it describes whose participants it names."""
        for feed in self.feeds.values():
            wanted = feed.mapping.links
            for name, link in feed.concept.links.items():
                complete = all(participant.role in self.feeds for participant in link.participants)
                complete = complete and link.child_key.keys() <= feed.mapping.attributes.keys()
                if complete and (feed.is_subject if wanted is None else name in wanted):
                    yield feed, name, link

    def link_parts(self, feed: FeedDesign, link: Link) -> tuple[str, ...]:
        """The landing columns of a relation's dependent child key, as the hash macros take them."""
        return tuple(self.part(feed.mapping.attributes[name]) for name in link.child_key)

    def satellites(self) -> Iterator[tuple[FeedDesign, str, tuple[str, ...]]]:
        """Each satellite of a concept that the table feeds: concept in its role, aspect, attributes delivered."""
        for feed in self.feeds.values():
            for aspect, satellite in feed.concept.told_satellites.items():
                names = tuple(name for name in satellite.attributes if name in feed.mapping.attributes)
                if names:
                    yield feed, aspect, names

    def link_satellites(self) -> Iterator[tuple[FeedDesign, str, str, tuple[str, ...]]]:
        """Each satellite of a relation that the table feeds: owner, relation, aspect, attributes delivered."""
        for feed, name, link in self.links():
            for aspect, satellite in link.satellites.items():
                names = tuple(n for n in satellite.attributes if n in feed.mapping.attributes)
                if names:
                    yield feed, name, aspect, names


@dataclass(frozen=True)
class Design:
    """All tables of the warehouse that a model and its sources ask for."""

    model: ConceptModel
    tables: tuple[TableDesign, ...]

    def feeding(self, concept: str) -> Sequence[TableDesign]:
        """The delivered tables whose rows tell of the concept."""
        return self._feeding.get(concept, ())

    @cached_property
    def _feeding(self) -> dict[str, list[TableDesign]]:
        told: dict[str, list[TableDesign]] = {}
        for table in self.tables:
            for concept in dict.fromkeys(fed.concept.concept for fed in table.feeds.values()):
                told.setdefault(concept, []).append(table)
        return told

    def fed(self, concept: str) -> list[FeedDesign]:
        """Every place where a delivered row tells of the concept."""
        return [
            feed for table in self.feeding(concept) for feed in table.feeds.values() if feed.concept.concept == concept
        ]

    def hubs(self) -> list[Concept]:
        """The concepts with a hub that at least one table feeds."""
        return [c for c in self.model.concepts.values() if not c.is_event and self.fed(c.concept)]


def hub_of(concept: Concept) -> str:
    """The name of a concept's hub."""
    return naming.hub(concept.concept, is_reference=concept.kind is Kind.REFERENCE)


def design(model: ConceptModel, sources: tuple[SourceMapping, ...]) -> Design:
    """Lay the mappings over the model."""
    tables = []
    for source in sources:
        for name, mapping in source.tables.items():
            table = TableDesign(source.source, name, mapping, source.timezone)
            for role, feed in mapping.feeds.items():
                table.feeds[role] = FeedDesign(role, model[feed.concept or role], feed, table)
            tables.append(table)
    return Design(model, tuple(tables))


def is_snapshot(table: TableDesign) -> bool:
    """Whether a row's absence from the table's delivery says that the thing is gone."""
    return table.mapping.semantics in (Semantics.FULL, Semantics.PARTITION)


def tells_presence(table: TableDesign) -> bool:
    """Whether the table tells what is gone: by absence, or by a flag."""
    return is_snapshot(table) or table.has_flag
