"""From YAML files to a checked concept model and its source mappings; all errors of a folder come together."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from concepts.errors import ModelError
from concepts.faults import concept_faults
from concepts.mapping_faults import design_faults, source_faults
from concepts.metamodel import Concept, ConceptModel, Frozen
from concepts.sources import SourceMapping
from concepts.yaml_text import UNPRINTABLE, read_yaml, texts

Part = TypeVar("Part", bound=Frozen)
First = TypeVar("First")
Second = TypeVar("Second")

# Terms and definitions go into dbt's YAML, which dbt renders: a template there would run.
_JINJA = re.compile(r"\{[{%#]")
# Marks that turn the direction of text: they make a reader see another text than the machine reads (CVE-2021-42574).
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")

_SQL_FILE = re.compile(r"[a-z][a-z0-9_]{0,95}\.sql")

_REMEDIES = {
    "extra_forbidden": "no such key; take it out or mend its spelling",
    "missing": "is missing; write it",
    "string_pattern_mismatch": "not a name; use lower-case letters, digits and single underscores, a letter first",
    "string_too_short": "is empty; write it or take the key out",
    "string_too_long": "is too long; use 50 letters at most",
    "string_type": "is not text; write one value",
    "string_unicode": "holds a control character; delete it",
    "too_short": "is empty; name at least one",
    "dict_type": "takes keys with values, not one text; write them below it, or {} if it needs none",
    "model_type": "takes keys with values, not one text; write them below it, or {} if it needs none",
    "model_attributes_type": "takes keys with values, not one text; write them below it, or {} if it needs none",
    "tuple_type": "needs a list; write [a, b]",
    "bool_type": "is neither true nor false; write one of them",
    "int_parsing": "is not a whole number; write digits",
}


def load_model(folder: Path) -> ConceptModel:
    """The concepts of a folder, one YAML file each; ModelError lists every fault with file, key and remedy."""
    concepts = read_folder(folder, Concept, lambda part: part.concept)
    raise_all(query_faults(folder))
    return checked_model(concepts, read_queries(folder))


def read_queries(folder: Path) -> dict[str, str]:
    """The text of each .sql file of a folder: the rules by hand that compute satellites."""
    return {file.name: file.read_text(encoding="utf-8") for file in _query_files(folder)}


def _query_files(folder: Path) -> list[Path]:
    return sorted(file for file in folder.glob("*.sql") if file.is_file())


def query_faults(folder: Path) -> Iterator[str]:
    """What is wrong with the folder's .sql files before anything reads them: their names, and what hides in them."""
    for file in _query_files(folder):
        if not _SQL_FILE.fullmatch(file.name):
            yield f"{file.name}: not a name; use lower-case letters, digits and underscores, and end it in .sql"
        try:
            if _TURNING.search(file.read_bytes().decode("utf-8")):
                yield f"{file.name}: holds an invisible mark that turns the text's direction; delete it"
        except UnicodeDecodeError as error:
            yield f"{file.name}: byte {error.start + 1} is not UTF-8; save the file as UTF-8"


def checked_model(concepts: dict[str, Concept], queries: dict[str, str]) -> ConceptModel:
    """The concepts and the queries of their computed satellites; ModelError lists all that does not fit together."""
    raise_all(concept_faults(concepts, queries))
    return ConceptModel(concepts=concepts, queries=queries)


def both(first: Callable[[], First], second: Callable[[], Second]) -> tuple[First, Second]:
    """What two readers give; ModelError tells the faults of both together."""
    try:
        told = first()
    except ModelError as error:
        raise ModelError("\n".join([str(error), *_faults(second)])) from None
    return told, second()


def _faults(read: Callable[[], object]) -> Iterator[str]:
    try:
        read()
    except ModelError as error:
        yield str(error)


def load_sources(folder: Path, model: ConceptModel) -> tuple[SourceMapping, ...]:
    """The mappings of a folder, one YAML file a system, checked against the model."""
    return checked_sources(read_sources(folder), model)


def read_sources(folder: Path) -> dict[str, SourceMapping]:
    """The mappings of a folder by system, before any model is asked; ModelError lists the faults of all files."""
    return read_folder(folder, SourceMapping, lambda part: part.source)


def checked_sources(sources: dict[str, SourceMapping], model: ConceptModel) -> tuple[SourceMapping, ...]:
    """The mappings in order of their names; ModelError lists all in them that does not fit the model."""
    raise_all(fault for source in sources.values() for fault in source_faults(source, model))
    in_order = tuple(sources[name] for name in sorted(sources))
    raise_all(design_faults(model, in_order))
    return in_order


def read_folder(folder: Path, part: type[Part], name: Callable[[Part], str]) -> dict[str, Part]:
    """Each file of a folder as one part, by its name; ModelError lists the faults of all files."""
    if not folder.is_dir():
        raise ModelError(f"{folder}: no such folder; give the folder that holds the .yml files")
    files = yaml_files(folder)
    faults = list(unread_files(folder))
    if not files and not faults:
        raise ModelError(f"{folder}: no .yml file in this folder; give the folder that holds them")
    parts: dict[str, Part] = {}
    for file in files:
        try:
            told = read_part(file, part)
        except ModelError as error:
            faults.append(str(error))
            continue
        if name(told) in parts:
            faults.append(f"{file.name}: {name(told)} is described in another file too; keep one")
        elif name(told) != file.stem:
            faults.append(f"{file.name}: it describes {name(told)}; name the file {name(told)}.yml")
        parts[name(told)] = told
    raise_all(faults)
    return parts


def yaml_files(folder: Path) -> list[Path]:
    """The files of a folder that are read."""
    return sorted(file for file in folder.glob("*.yml") if file.is_file())


def unread_files(folder: Path) -> Iterator[str]:
    """What somebody means to be read and is not: its ending is written otherwise, or it is no file."""
    for file in sorted(folder.iterdir()) if folder.is_dir() else ():
        if file.suffix == ".yml" and not file.is_file():
            yield f"{file.name}: is no file, or a link to none; take it out of the folder"
        elif file.suffix != ".yml" and file.suffix.lower() in (".yml", ".yaml") and file.is_file():
            yield f"{file.name}: would not be read; rename it {file.stem}.yml"


def read_part(file: Path, part: type[Part]) -> Part:
    """One file as the part that it tells of; ModelError lists its faults."""
    data = read_yaml(file)
    if part is Concept and "extends" in data:  # an overlay would have asked for an extension
        raise ModelError(
            f"{file.name}: extends: only a county's additions say it, in a folder of their own (sotevault diff "
            "--regional); here write the whole concept, with concept: and its key"
        )
    faults = list(_text_faults(file.name, data))
    try:
        told = part.model_validate(data)
    except ValidationError as error:
        faults += [f"{file.name}: {_where(item['loc'])}{_remedy(item)}" for item in error.errors()]
        raise_all(faults)
        raise
    raise_all(faults)
    return told


def _text_faults(file: str, data: dict[str, Any]) -> Iterator[str]:
    for path, text in texts(data):
        # A proposal carries queries, which are templates of dbt as they are beside the concepts.
        if _JINJA.search(text) and not (path and path[0] == "queries"):
            yield f"{file}: {_where(path)}holds {{{{, {{% or {{#, which dbt would run as a template; take it out"
        if _TURNING.search(text):
            yield f"{file}: {_where(path)}holds an invisible mark that turns the text's direction; delete it"
        if UNPRINTABLE.search(text):
            yield f"{file}: {_where(path)}{_REMEDIES['string_unicode']}"


def _where(location: tuple[int | str, ...]) -> str:
    return "".join(f".{step}" for step in location).removeprefix(".") + ": " * bool(location)


def _remedy(item: Any) -> str:
    kind, context = item["type"], item.get("ctx", {})
    if kind in ("enum", "literal_error"):
        return f'no such choice "{item["input"]}"; use one of {context.get("expected")}'
    return _REMEDIES.get(kind) or str(item["msg"]).removeprefix("Value error, ")


def raise_all(faults: Iterable[str]) -> None:
    """ModelError with one fault a line, if there is any."""
    told = list(dict.fromkeys(faults))
    if told:
        raise ModelError("\n".join(told))
