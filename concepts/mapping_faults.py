"""What is wrong with a source mapping beside its model, and with the tables that both together would make."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Mapping

from pydantic import TypeAdapter, ValidationError

from concepts.faults import name_fault
from concepts.generator import naming
from concepts.generator.design import FeedDesign, TableDesign, design
from concepts.generator.histories import histories
from concepts.generator.models import every_model
from concepts.generator.presences import presences
from concepts.generator.views import every_view
from concepts.metamodel import Attribute, Concept, ConceptModel, DataType, Name
from concepts.sources import Feed, Semantics, SourceMapping, Table
from concepts.yaml_text import in_line

LONGEST_NAME = 128  # Hive metastores take no longer table name, and file systems 255 bytes

_NUMBERS, _DAYS = {DataType.INTEGER, DataType.DECIMAL}, {DataType.DATE, DataType.DATETIME}
_NAME: TypeAdapter[str] = TypeAdapter(Name)


def source_faults(source: SourceMapping, model: ConceptModel, unread: Container[str] = ()) -> Iterator[str]:
    """Every fault of one system's mapping; what feeds a concept that could not be read whole is not judged."""
    for name, table in source.tables.items():
        where = f"{source.source}.yml: tables.{name}"
        yield from (f"{where}.{fault}" for fault in _column_faults(table))
        for role, feed in table.feeds.items():
            concept = model.concepts.get(feed.concept or role)
            if (feed.concept or role) in unread:
                continue
            if concept is None:
                yield f"{where}.feeds.{role}: no concept {feed.concept or role}; add it to the model or mend the name"
            else:
                faults = (
                    *_feed_faults(feed, concept),
                    *_relation_faults(role, feed, concept, table),
                    *_set_faults(feed, concept, table),
                )
                yield from (f"{where}.feeds.{role}.{fault}" for fault in faults)
        yield from (f"{where}.columns: {fault}" for fault in _mixed_columns(table, model))
        yield from (f"{where}.{fault}" for fault in _unfit_columns(table, model))
        yield from (f"{where}.{fault}" for fault in _deleted_faults(table, model))


def _column_faults(table: Table) -> Iterator[str]:
    for header in table.columns:
        name = table.landing_name(header)
        try:
            _NAME.validate_python(name)
        except ValidationError:
            yield f'columns: "{header}" cannot be a column name; add name: with lower-case letters, digits and _'
        else:
            fault = name_fault(name)
            if fault:
                yield f'columns: "{header}": {fault} with name:'
    for name, times in Counter(table.landing_name(header) for header in table.columns).items():
        if times > 1:
            yield f"columns: {times} columns are called {name} behind the gate; give each a name: of its own"
    for header in sorted(set(table.ignored) & set(table.columns)):
        yield f'ignored: "{header}" is also listed under columns; keep one'


def _deleted_faults(table: Table, model: ConceptModel) -> Iterator[str]:
    if table.deleted is None:
        return
    flag = table.columns[table.deleted.column]
    types = {told.type.sql for _, told in _fed_by(table.deleted.column, table, model)}
    types |= {flag.type.sql} if flag.type else set()
    for type_ in sorted(types - {DataType.STRING.sql}):
        yield f"deleted: {table.deleted.column} is a {type_} and a flag is text; give the flag a column of its own"
    if table.semantics is Semantics.EVENT:
        yield "deleted: rows of semantics event never change; say semantics: delta, or take deleted out"
    elif table.semantics is not Semantics.DELTA:
        yield (
            f"deleted: absence says what is gone under semantics {table.semantics}; "
            "leave deleted rows out of the delivery, or say semantics: delta"
        )


def _set_faults(feed: Feed, concept: Concept, table: Table) -> Iterator[str]:
    """A row of a set always says which one it is: NULL in a primary key would stop every later build."""
    for aspect, satellite in concept.satellites.items():
        for name in satellite.child_key:
            header = feed.attributes.get(name)
            if header and header not in table.key and not table.columns[header].required:
                yield (
                    f"attributes: {aspect} tells its rows apart by {name}; put {header} into the table's key, "
                    "or say required: true"
                )


def _feed_faults(feed: Feed, concept: Concept) -> Iterator[str]:
    if set(feed.key) != set(concept.key):
        yield f"key: give exactly the key of {concept.concept}: {', '.join(concept.key)}"
    for name in feed.attributes:
        if name not in concept.attributes or name in concept.key:
            yield f"attributes: {concept.concept} has no attribute {name}; mend or add it"
    computed = {n for part in concept.satellites.values() if part.computed for n in part.attributes}
    for name in computed & feed.attributes.keys():
        yield f"attributes: {name} is computed, no source feeds it; take it out"
    parts = [concept.satellites, *(link.satellites for link in concept.links.values())]
    for aspect, satellite in ((a, s) for part in parts for a, s in part.items()):
        missing = set(satellite.child_key) - set(feed.attributes)
        if missing and set(satellite.attributes) & set(feed.attributes):
            yield f"attributes: {aspect} needs its child_key {', '.join(sorted(missing))} too; feed it"
    if concept.is_event and not feed.attributes:
        yield f"attributes: a transaction is told whole; feed attributes of {concept.concept}"
    for name in feed.links or ():
        if name not in concept.links:
            yield f"links: {concept.concept} has no link {name}; mend the name"


def _relation_faults(role: str, feed: Feed, concept: Concept, table: Table) -> Iterator[str]:
    for name, link in concept.links.items():
        unfed = sorted(link.child_key.keys() - feed.attributes.keys())
        if unfed and (name in (feed.links or ()) or set(link.attributes) & set(feed.attributes)):
            yield f"attributes: {name} needs its child_key {', '.join(unfed)} too; feed it"
        missing = [p.role for p in link.participants if p.role not in table.feeds]
        if missing and (name in (feed.links or ()) or concept.is_event):
            yield f"links: {name} needs feeds for {', '.join(missing)}; add them to the table"
        if missing:
            continue
        for participant in link.participants:
            other = table.feeds[participant.role].concept or participant.role
            if other != participant.concept:
                yield f"links: {name} has {participant.concept} as {participant.role}, but that feed tells of {other}"


def _mixed_columns(table: Table, model: ConceptModel) -> Iterator[str]:
    """Columns that would need two treatments at once, or a type that their attribute has not."""
    for header, column in table.columns.items():
        fed = dict(_fed_by(header, table, model))
        types = {told.type.sql for told in fed.values()} | ({column.type.sql} if column.type else set())
        if len(types) > 1 and fed:
            listed = ", ".join(f"{name} ({told.type.sql})" for name, told in fed.items())
            own = f", and says type: {column.type}" if column.type else ""
            yield f'"{header}" feeds {listed}{own}; one column has one type, so let it feed attributes of that type'
            continue
        parts = {
            "types": set() if column.type else {str(told.type) for told in fed.values()},
            "canonical": {f"[{', '.join(told.canonical)}]" for told in fed.values()},
            "code sets": {told.codes for told in fed.values() if told.codes},
            "pseudonym purposes": {told.pseudonym for told in fed.values() if told.pseudonym},
        }
        for what, told in parts.items():
            if len(told) > 1:
                yield (
                    f'"{header}" feeds {", ".join(fed)} with different {what} ({", ".join(sorted(told))}); '
                    "deliver it twice, once for each"
                )


def _unfit_columns(table: Table, model: ConceptModel) -> Iterator[str]:
    """Columns that are to be summed and hold no numbers, or to tell a day and hold none."""
    fed = {header for feed in table.feeds.values() for header in feed.fed}
    wanted = [("control_sums", header, "be summed", _NUMBERS) for header in table.control_sums]
    for name, column in table.columns.items():
        if column.code_valid_at:
            wanted.append((f"columns.{in_line(name)}.code_valid_at", column.code_valid_at, "tell a day", _DAYS))
    for where, header, purpose, types in wanted:
        told = {attribute.type for _, attribute in _fed_by(header, table, model)}
        own = table.columns[header].type or (DataType.STRING if header not in fed else None)
        for type_ in sorted((told or ({own} if own else set())) - types):
            yield (
                f"{where}: {in_line(header)} is a {type_}, which cannot {purpose}; name a column of type "
                f"{' or '.join(sorted(types))}"
            )


def _fed_by(header: str, table: Table, model: ConceptModel) -> Iterator[tuple[str, Attribute]]:
    for role, feed in table.feeds.items():
        concept = model.concepts.get(feed.concept or role)
        for name in feed.fed.get(header, ()):
            if concept and name in concept.attributes:
                yield f"{concept.concept}.{name}", concept.attributes[name]


def design_faults(model: ConceptModel, sources: tuple[SourceMapping, ...]) -> Iterator[str]:
    """Faults of the warehouse as a whole: names that meet; asked only of mappings that have no other fault."""
    plan = design(model, sources)
    for table in plan.tables:
        yield from _staging_faults(table)
        yield from _presence_faults(table)
    names = Counter(told.name for told in (*every_model(plan), *every_view(plan)))
    wrong = {name for name, times in names.items() if times > 1 or len(name) > LONGEST_NAME}
    for name in sorted(wrong):
        table_name = name.removeprefix(naming.as_of(""))
        if table_name != name and table_name in wrong:
            continue  # the view is called after its table, whose name is told
        if names[name] > 1:
            remedy = "rename a concept, an aspect or a delivered table"
            yield f"{_makers(name, plan.tables)}: {names[name]} tables would be called {name}; {remedy}"
        if len(name) > LONGEST_NAME:
            yield f"{_makers(name, plan.tables)}: {name} is longer than {LONGEST_NAME} letters; shorten its parts"


def _presence_faults(table: TableDesign) -> Iterator[str]:
    """A flag, or parts, that tell what is gone, although the rows are about nothing that can go."""
    where = f"{table.source}.yml: tables.{table.table}"
    for role in sorted({role for told in presences(table) for role in told.ending_roles}):
        if (column := table.mapping.feeds[role].when) and column not in table.mapping.key:
            yield (
                f"{where}.feeds.{role}.when: of a row that tells of a deletion only the key is read; put {column} into "
                "the key, or take when out"
            )
    if any(told.by != "telling" for told in presences(table)):
        return
    if table.mapping.deleted:
        yield (
            f"{where}.deleted: the table's key tells apart no concept, set or relation that can go, so the flag says "
            "nothing; mend the key, or take deleted out and leave such rows out of the delivery"
        )
    if table.mapping.semantics is Semantics.PARTITION:
        yield (
            f"{where}.semantics: the rows describe nothing that can leave a partition (an event stays); "
            "say delta, or event"
        )


def _staging_faults(table: TableDesign) -> Iterator[str]:
    columns = Counter(hashed.column for hashed in table.hashed_keys())
    columns.update(history.version for history in histories(table) if history.kind != "effectivity")
    columns.update(naming.link_key(feed.role, name) for feed, name, _ in table.links() if not feed.concept.is_event)
    for column, times in columns.items():
        if times > 1:
            yield (
                f"{table.source}.yml: tables.{table.table}.feeds: {times} keys or hashes would be called {column}; "
                "rename a role, a link or an aspect"
            )


def _makers(name: str, tables: tuple[TableDesign, ...]) -> str:
    """The files whose names the table's name is made of."""
    fed: Mapping[str, FeedDesign] = {feed.concept.concept: feed for table in tables for feed in table.feeds.values()}
    files = [f"{concept}.yml" for concept in sorted(fed) if f"_{concept}" in name]
    files += sorted({f"{t.source}.yml" for t in tables if f"__{t.source}_{t.table}" in name or t.name == name})
    return ", ".join(files) or "model"
