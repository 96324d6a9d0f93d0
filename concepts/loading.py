"""From YAML files to a checked concept model and its source mappings; all errors of a folder come together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeVar

import duckdb
from pydantic import ValidationError

from concepts.errors import ModelError
from concepts.metamodel import Concept, ConceptModel, Frozen, Kind
from concepts.sources import SourceMapping, Table
from concepts.yaml_text import read_yaml

Part = TypeVar("Part", bound=Frozen)

TECHNICAL_COLUMNS = frozenset(
    {"delivery_id", "record_number", "extract_datetime", "load_datetime", "record_source", "hashdiff", "is_present"}
)


def load_model(folder: Path) -> ConceptModel:
    """The concepts of a folder, one YAML file each; ModelError lists every fault with file, key and remedy."""
    concepts = _read_folder(folder, Concept, lambda part: part.concept)
    _raise_all(fault for concept in concepts.values() for fault in _concept_faults(concept, concepts))
    return ConceptModel(concepts=concepts)


def load_sources(folder: Path, model: ConceptModel) -> tuple[SourceMapping, ...]:
    """The mappings of a folder, one YAML file a system, checked against the model."""
    sources = _read_folder(folder, SourceMapping, lambda part: part.source)
    _raise_all(fault for source in sources.values() for fault in _source_faults(source, model))
    return tuple(sources[name] for name in sorted(sources))


def _read_folder(folder: Path, part: type[Part], name: Callable[[Part], str]) -> dict[str, Part]:
    files = sorted(folder.glob("*.yml"))
    if not files:
        raise ModelError(f"{folder.name}: no .yml file in this folder; give the folder that holds them")
    faults: list[str] = []
    parts: dict[str, Part] = {}
    for file in files:
        try:
            told = part.model_validate(read_yaml(file))
        except ModelError as error:
            faults.append(str(error))
        except ValidationError as error:
            faults += [f"{file.name}: {_where(item['loc'])}: {_remedy(item)}" for item in error.errors()]
        else:
            if name(told) != file.stem:
                faults.append(f"{file.name}: it describes {name(told)}; name the file {name(told)}.yml")
            parts[name(told)] = told
    _raise_all(faults)
    return parts


def _where(location: tuple[int | str, ...]) -> str:
    return ".".join(str(step) for step in location) or "file"


def _remedy(item: object) -> str:
    assert isinstance(item, dict)
    kind, context = item["type"], item.get("ctx", {})
    if kind == "enum" or kind == "literal_error":
        return f"no such choice; use one of {context.get('expected')}"
    if kind == "extra_forbidden":
        return "no such key; take it out or mend its spelling"
    if kind == "missing":
        return "is missing; write it"
    if kind == "string_pattern_mismatch":
        return "not a name; use lower-case letters, digits and single underscores, a letter first"
    return str(item["msg"]).removeprefix("Value error, ")


def _concept_faults(concept: Concept, concepts: dict[str, Concept]) -> Iterator[str]:
    file = f"{concept.concept}.yml"
    for name in concept.attributes:
        if name in TECHNICAL_COLUMNS or name in reserved_words():
            yield f"{file}: {name}: a word that SQL or the vault keeps for itself; choose another name"
    for link_name, link in concept.links.items():
        roles = [participant.role for participant in link.participants]
        if len(set(roles)) < len(roles) or concept.concept in roles:
            yield f"{file}: links.{link_name}: a role stands twice; give each participant its own role"
        for participant in link.participants:
            target = concepts.get(participant.concept)
            if target is None:
                yield (
                    f"{file}: links.{link_name}: no concept {participant.concept}; add its file or mend the name"
                )
            elif target.kind is not Kind.HUB:
                yield f"{file}: links.{link_name}: {participant.concept} is a {target.kind}; link to a hub"


def _source_faults(source: SourceMapping, model: ConceptModel) -> Iterator[str]:
    for table_name, table in source.tables.items():
        where = f"{source.source}.yml: tables.{table_name}"
        for column in table.columns:
            if not table.landing_name(column).isidentifier() or not table.landing_name(column).isascii():
                yield f'{where}.columns: "{column}" cannot be a column name; add name: with plain letters'
            if table.landing_name(column) in TECHNICAL_COLUMNS or table.landing_name(column) in reserved_words():
                yield f'{where}.columns: "{column}" is a word that SQL keeps for itself; add another name:'
        yield from _feed_faults(where, table, model)


def _feed_faults(where: str, table: Table, model: ConceptModel) -> Iterator[str]:
    for role, feed in table.feeds.items():
        concept = model.concepts.get(feed.concept or role)
        if concept is None:
            yield f"{where}.feeds.{role}: no concept {feed.concept or role}; add it to the model or mend the name"
            continue
        if set(feed.key) != set(concept.key):
            yield f"{where}.feeds.{role}.key: give exactly the key of {concept.concept}: {', '.join(concept.key)}"
        for name in feed.attributes:
            if name not in concept.attributes or name in concept.key:
                yield f"{where}.feeds.{role}.attributes: {concept.concept} has no attribute {name}; mend or add it"


def reserved_words() -> frozenset[str]:
    """Words that cannot be a bare column name, as the engine itself lists them."""
    if not _RESERVED:
        with duckdb.connect() as connection:
            rows = connection.execute(
                "select keyword_name from duckdb_keywords() where keyword_category = 'reserved'"
            ).fetchall()
        _RESERVED.update(row[0] for row in rows)
    return frozenset(_RESERVED)


_RESERVED: set[str] = set()


def _raise_all(faults: Iterable[str]) -> None:
    told = list(faults)
    if told:
        raise ModelError("\n".join(told))
