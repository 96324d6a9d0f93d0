"""What is wrong with the views that a concept asks for: points in time, bridges, validity, computed satellites."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping

import duckdb
from jinja2 import TemplateSyntaxError

from concepts.errors import ModelError
from concepts.generator import naming
from concepts.generator.paths import hops
from concepts.metamodel import Calendar, Concept, ConceptModel, DataType, Kind, Period
from concepts.references import JINJA, reads_itself_by, without_remarks

# By `every` of a calendar, the periods that its `keep` may name: their last days are among its days.
_ENDS: Mapping[str, tuple[Period, ...]] = {
    "day": ("day", "week", "month", "quarter", "year"),
    "week": ("week",),
    "month": ("month", "quarter", "year"),
    "quarter": ("quarter", "year"),
    "year": ("year",),
}
_REFERENCE = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_CONFIG = re.compile(r"\{[{%]-?\s*(do\s+)?config\s*\(")


def view_faults(
    concept: Concept, concepts: Mapping[str, Concept], queries: Mapping[str, str], unread: Container[str]
) -> Iterator[str]:
    """Every fault of the concept's point_in_time, bridges, validity and computed satellites, but for what is unread."""
    yield from _point_in_time_faults(concept, concepts, unread)
    yield from _bridge_faults(concept, concepts, unread)
    yield from _validity_faults(concept)
    yield from _computed_faults(concept, concepts, queries, unread)


def _point_in_time_faults(concept: Concept, concepts: Mapping[str, Concept], unread: Container[str]) -> Iterator[str]:
    if concept.point_in_time is None:
        return
    yield from _calendar_faults("point_in_time", concept.point_in_time.calendar, concepts, unread)
    for aspect in concept.point_in_time.satellites:
        if aspect in concept.satellites and concept.satellites[aspect].computed:
            yield f"point_in_time: {aspect} is computed and has no versions; take it out"
        elif aspect in concept.satellites and concept.satellites[aspect].child_key:
            yield f"point_in_time: {aspect} has several rows a key; take it out"


def _bridge_faults(concept: Concept, concepts: Mapping[str, Concept], unread: Container[str]) -> Iterator[str]:
    whole = {name: told for name, told in concepts.items() if name not in unread}
    for name, bridge in concept.bridges.items():
        yield from _calendar_faults(f"bridges.{name}", bridge.calendar, concepts, unread)
        try:
            list(hops(ConceptModel.model_construct(concepts=whole), concept, bridge))
        except ModelError as error:
            yield f"bridges.{name}.path: {error}"
        except KeyError:
            pass  # a participant that does not exist is a fault of its link, an unread one of its file


def _computed_faults(
    concept: Concept, concepts: Mapping[str, Concept], queries: Mapping[str, str], unread: Container[str]
) -> Iterator[str]:
    for aspect, part in concept.satellites.items():
        if part.computed in unread:
            continue
        if part.computed and part.computed not in queries:
            yield f"satellites.{aspect}.computed: no {part.computed} beside the concepts; add it or mend the name"
        elif part.computed:
            columns = (naming.hub_key(concept.concept), *part.attributes)
            for fault in _query_faults(queries[part.computed], columns):
                yield f"satellites.{aspect}.computed: {part.computed} {fault}"
            if way := reads_itself_by(naming.computed(concept.concept, aspect), concepts, queries):
                told = f"{part.computed} reads what it computes: {' -> '.join((*way, way[0]))}"
                yield f"satellites.{aspect}.computed: {told}; read what it is made of"
    for link_name, link in concept.links.items():
        for aspect, part in link.satellites.items():
            if part.computed:
                where = f"links.{link_name}.satellites.{aspect}.computed"
                yield f"{where}: a query computes what is known of a concept; move the aspect to its satellites"


def _query_faults(query: str, columns: tuple[str, ...]) -> Iterator[str]:
    """Whether it is one query that names the columns; what dbt's blocks would make of it is not known here."""
    query = without_remarks(query)
    for column in columns:
        if "*" not in query and not re.search(rf"\b{column}\b", query, re.IGNORECASE):
            yield f"does not give {column}; select it under this name"
    if re.search(r";\s*--[^\n]*\s*$", query):
        yield "ends in a comment behind a semicolon; take the semicolon out"
    try:
        JINJA.parse(query)
    except TemplateSyntaxError as error:
        yield f"line {error.lineno} is no template that dbt can read; mend its brackets"
    if _CONFIG.search(query):
        yield "sets config(...), which the table around it does; take it out"
    elif "{%" not in query:
        yield from _sql_faults(query)


def _sql_faults(query: str) -> Iterator[str]:
    try:
        statements = duckdb.extract_statements(_REFERENCE.sub("told", query))
    except duckdb.Error:
        yield "is no SQL that can be read; run it in DuckDB to see where it breaks"
    else:
        if [told.type for told in statements] != [duckdb.StatementType.SELECT]:
            yield "is not one query; leave a single select"


def _calendar_faults(
    where: str, calendar: Calendar, concepts: Mapping[str, Concept], unread: Container[str]
) -> Iterator[str]:
    for period in calendar.keep if "every" in calendar.model_fields_set else ():
        if period not in _ENDS[calendar.every]:
            wrong = f"the end of a {period} is not always that of a {calendar.every}"
            yield f"{where}.calendar.keep: {wrong}; write every: day, or leave every out"
    if calendar.days_of is None or calendar.days_of in unread:
        return
    told = concepts.get(calendar.days_of)
    if told is None or told.kind is not Kind.REFERENCE or [a.type for a in told.key.values()] != [DataType.DATE]:
        yield f"{where}.calendar.days_of: {calendar.days_of} is no reference whose key is one date; name one"


def _validity_faults(concept: Concept) -> Iterator[str]:
    if concept.validity is None:
        return
    if concept.kind is not Kind.REFERENCE:
        yield "validity: only a reference has it; take it out"
    computed = {name for part in concept.satellites.values() if part.computed for name in part.attributes}
    for name in dict.fromkeys((concept.validity.begins, concept.validity.ends)):
        if name not in concept.attributes or concept.attributes[name].type is not DataType.DATE:
            yield f"validity: {name} is no date attribute of {concept.concept}; name one"
        elif name in computed:
            yield f"validity: {name} is computed, and no source tells it; name an attribute that one does"
