"""What is known of the columns that the vault adds to what is delivered: keys, hashes, times, origin, counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from concepts.explaining.known import Known
from concepts.explanation import Explanation, Value
from concepts.generator import naming
from concepts.inputs import Inputs, merged
from concepts.metamodel import Concept, Frozen, Term
from concepts.wording import word
from concepts.yaml_text import read_yaml

WORDS = Path(__file__).with_name("vault_columns.yml")
_RELATION = "_relation_hk"
_MOST = 12  # tables that are told by name


class _Words(Frozen):
    title: Term
    meaning: Term


@cache
def words() -> dict[str, _Words]:
    """The words of each column, or of each ending of columns' names, which begins with _."""
    return {name: _Words.model_validate(told) for name, told in read_yaml(WORDS).items()}


def vault_column(known: Known, name: str) -> Explanation | None:
    """The column of that name that the vault adds, of one table if it stands before."""
    place, _, column = name.casefold().rpartition(".")
    table = place.rpartition(".")[2]
    held = {told: inputs for told, inputs in known.columns.get(column, {}).items() if table in ("", told)}
    relations, concepts = dict(_relations(known, column)), dict(_concepts(known, column))
    label = _label(column, is_relation=bool(relations))
    if label is None or not (held or (label == column and not table)):
        return None
    told = words()[label]
    facts: dict[str, Value | None] = {
        "definition": known.text(told.meaning),
        "part_of": tuple(f"{c.concept} – {known.text(c.term)}: {known.text(c.definition)}" for c in concepts.values()),
        "relations": tuple(relations),
        "key": tuple(dict.fromkeys(name for c in concepts.values() for name in c.key)),
        "comes_from": tuple(_origins(known, merged(held.values()))),
        "tables": _kept_in(known, tuple(held)),
    }
    terms = [known.text(c.term) for c in (*concepts.values(), *relations.values())]
    title = f"{known.text(told.title)}: {', '.join(dict.fromkeys(terms))}" if terms else known.text(told.title)
    return known.told("vault_column", column, title, facts)


def _label(column: str, *, is_relation: bool) -> str | None:
    if column in words() or is_relation:
        return column if column in words() else _RELATION
    endings = (name for name in words() if name.startswith("_") and name != _RELATION)
    return next((ending for ending in endings if column.endswith(ending)), None)


def _relations(known: Known, column: str) -> Iterator[tuple[str, Concept]]:
    """The relations whose hash key the column is, each with its owner."""
    for owner in known.plan.model.concepts.values():
        for name, link in owner.links.items():
            if column == naming.link_key(owner.concept, name):
                yield f"{owner.concept} – {name}: {', '.join(p.role for p in link.participants)}", owner


def _concepts(known: Known, column: str) -> Iterator[tuple[str, Concept]]:
    """The concepts whose hash key the column is: by their own name, or in a role of a relation or a delivery."""
    concepts = known.plan.model.concepts
    roles = [(name, name) for name in concepts]
    roles += [(p.role, p.concept) for c in concepts.values() for link in c.links.values() for p in link.participants]
    roles += [(role, fed.concept.concept) for table in known.plan.tables for role, fed in table.feeds.items()]
    yield from ((name, concepts[name]) for role, name in roles if column == naming.hub_key(role))


def _origins(known: Known, inputs: Inputs) -> Iterator[str]:
    """The delivered columns, each table in a line, and what the registry of deliveries tells; of counts the tables."""
    for field in dict.fromkeys(told.field for told in inputs if told.dataset == "delivery"):
        yield f"{word('registry', known.language)}: {field}"
    for table in known.plan.tables:
        mine = [told for told in inputs if told.dataset == f"{table.source}__{table.table}"]
        headers = {table.mapping.landing_name(header): header for header in table.mapping.columns}
        named = dict.fromkeys(headers.get(told.field, told.field) for told in mine if told.how != "counted")
        if mine:
            yield f"{table.record_source}: {', '.join(named)}" if named else table.record_source


def _kept_in(known: Known, tables: tuple[str, ...]) -> tuple[str, ...]:
    """The tables by name; of many, how many of each kind."""
    if len(tables) <= _MOST:
        return tables
    kinds = Counter(known.tables[name].kind for name in tables)
    return tuple(f"{word(kind, known.language)} ({number})" for kind, number in kinds.items())
