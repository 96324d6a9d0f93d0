"""From one version of model and mappings to the next: what a warehouse with data gains, and what it refuses to lose."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from concepts.generator.design import Design, design
from concepts.generator.models import Model, every_model
from concepts.generator.render import render
from concepts.generator.views import every_view
from concepts.metamodel import ConceptModel, DataType, Frozen
from concepts.quoting import quoted
from concepts.readings import Reading, readings
from concepts.rebuilding import Rebuild, rebuilds
from concepts.sources import SourceMapping
from concepts.unread import Unread, unread

PERSISTENT = "raw_vault"  # the layer whose tables are only ever added to; every other is made anew by each build


@dataclass(frozen=True)
class Version:
    """A model with its source mappings, as a warehouse is generated from them."""

    model: ConceptModel
    sources: tuple[SourceMapping, ...]

    @cached_property
    def design(self) -> Design:
        """The tables that the version asks for."""
        return design(self.model, self.sources)

    @cached_property
    def objects(self) -> dict[str, tuple[Model, str]]:
        """Every generated dbt model with its SQL, by name."""
        texts = render(self.model, self.sources)
        models = (*every_model(self.design), *every_view(self.design))
        return {told.name: (told, texts[f"models/{told.layer}/{told.name}.sql"]) for told in models}


class VaultObject(Frozen):
    """A table or view of the warehouse, and the concept that it is about."""

    layer: str
    name: str
    concept: str | None = None

    def __str__(self) -> str:
        return f"{self.layer}.{self.name}"


class NewColumn(Frozen):
    """An attribute that a loaded table of the vault does not have yet."""

    layer: str
    table: str
    column: str
    type: DataType

    @property
    def sql(self) -> str:
        """The statement that adds the column; earlier rows have no value in it."""
        return f"alter table {quoted(self.layer)}.{quoted(self.table)} add column {quoted(self.column)} {self.type.sql}"


class Plan(Frozen):
    """What changes in the warehouse from one version to the next."""

    added: tuple[VaultObject, ...] = ()
    changed: tuple[VaultObject, ...] = ()
    removed: tuple[VaultObject, ...] = ()
    unread: tuple[Unread, ...] = ()  # of the removed
    columns: tuple[NewColumn, ...] = ()
    readings: tuple[Reading, ...] = ()
    measures: tuple[str, ...] = ()  # indicators whose concepts change
    rebuilds: tuple[Rebuild, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether the warehouse stays as it is."""
        return not (self.added or self.changed or self.removed or self.columns or self.rebuilds)

    @property
    def migration(self) -> tuple[str, ...]:
        """The SQL that only adds; tables and views come by themselves with the next build."""
        return tuple(f"{column.sql};" for column in self.columns)

    @property
    def lines(self) -> tuple[str, ...]:
        """The plan in words."""
        parts = (
            ("added by the next build, filled by the deliveries that it loads", self.added),
            ("changed by the next build", self.changed),
            ("removed from the model; stay in the database with their rows, and nothing writes to them", self.removed),
            (
                "no view of the new version shows the rows of these; if only files are called otherwise, keep the "
                "names in the mapping; keep the old mapping beside the new one if they should go on being shown",
                [told for told in self.unread if not told.tells_presence],
            ),
            (
                "no view of the new version asks these who has left, so whoever left by them alone is shown again; an "
                "old mapping that is kept shows whoever was there last, until a delivery of its own ends that",
                [told for told in self.unread if told.tells_presence],
            ),
            ("migration", self.migration),
            (
                "deliveries are read otherwise from now on, and so are earlier ones that a late delivery has read "
                "again; other values already loaded stay as they are",
                self.readings,
            ),
            ("measures touched", self.measures),
            ("needs a warehouse loaded anew", [f"{told.where}: {told.reason}" for told in self.rebuilds]),
        )
        lines = [line for title, told in parts if told for line in (f"{title}:", *(f"  {item}" for item in told))]
        return tuple(lines) or ("nothing changes",)


def plan(old: Version, new: Version, measures: Mapping[str, Collection[str]] | None = None) -> Plan:
    """Compare two versions; ``measures`` tells the concepts of each indicator."""
    before, after = old.objects, new.objects
    added = tuple(_object(new, name) for name in after if name not in before)
    removed = tuple(_object(old, n) for n, (told, _) in before.items() if n not in after and told.layer != "staging")
    changed = tuple(_object(new, n) for n, (_, text) in after.items() if n in before and before[n][1] != text)
    reasons = rebuilds(old.design, new.design)
    told = {o.concept for o in (*added, *changed, *removed)} | {reason.concept for reason in reasons}
    told |= set(_of_other_meaning(old, new)) | set(_told_otherwise(old.design, new.design))
    return Plan(
        added=added,
        changed=changed,
        removed=removed,
        unread=unread(before, after, PERSISTENT),
        columns=tuple(_new_columns(old, new)),
        readings=readings(old.design, new.design),
        measures=tuple(sorted(name for name, concepts in (measures or {}).items() if told & set(concepts))),
        rebuilds=reasons,
    )


def _object(version: Version, name: str) -> VaultObject:
    told, _ = version.objects[name]
    return VaultObject(layer=told.layer, name=name, concept=told.concept)


def _new_columns(old: Version, new: Version) -> Iterator[NewColumn]:
    for name, (told, _) in new.objects.items():
        if told.layer != PERSISTENT or name not in old.objects:
            continue
        there = {column.name for column in old.objects[name][0].columns}
        for column in told.columns:
            if column.name not in there and column.attribute:
                yield NewColumn(layer=told.layer, table=name, column=column.name, type=column.attribute.type)


def _of_other_meaning(old: Version, new: Version) -> Iterator[str]:
    """Concepts that say another thing than before, be it only their definition."""
    for name in old.model.concepts.keys() | new.model.concepts.keys():
        if old.model.concepts.get(name) != new.model.concepts.get(name):
            yield name


def _told_otherwise(old: Design, new: Design) -> Iterator[str]:
    """Concepts that some delivery feeds in another way than before."""
    for one, other in ((old, new), (new, old)):
        feeds = {(t.record_source, role): feed.mapping for t in other.tables for role, feed in t.feeds.items()}
        for table in one.tables:
            for role, feed in table.feeds.items():
                if feeds.get((table.record_source, role)) != feed.mapping:
                    yield feed.concept.concept
