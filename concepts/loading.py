"""From YAML files to a checked concept model and its source mappings; all errors of a folder come together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from concepts.faults import concept_faults
from concepts.mapping_faults import design_faults, source_faults
from concepts.metamodel import Concept, ConceptModel
from concepts.sources import SourceMapping
from concepts.yaml_parts import TURNING, Read, Wanted, raise_all, read_folder
from concepts.yaml_text import UNPRINTABLE

Sources = dict[str, SourceMapping]  # by system
_SQL_FILE = re.compile(r"[a-z][a-z0-9_]{0,95}\.sql")


def load_model(folder: Path) -> ConceptModel:
    """The concepts of a folder, one YAML file each; ModelError lists every fault with file, key and remedy."""
    return read_model(folder).whole()


def load_sources(folder: Path, model: ConceptModel) -> tuple[SourceMapping, ...]:
    """The mappings of a folder, one YAML file a system, in order of their names; ModelError lists every fault."""
    _, sources = checked(Read(model), read_sources(folder))
    return sources


def read_model(folder: Path) -> Read[ConceptModel]:
    """The concepts of a folder and the queries of their computed satellites, as far as they can be read and checked."""
    wanted = Wanted("the folder that holds the .yml files", {"concept": Concept}, _only_additions_say)
    concepts, queries = read_folder(folder, wanted), read_queries(folder)
    unread = concepts.unread | queries.unread
    faults = (*concepts.faults, *queries.faults, *concept_faults(concepts.told, queries.told, unread))
    return Read(ConceptModel(concepts=concepts.told, queries=queries.told), faults, unread)


def _only_additions_say(data: dict[str, Any]) -> Iterator[str]:
    if "extends" in data:
        yield (
            "extends: only a county's additions say it, in a folder of their own (sotevault diff --regional); "
            "here write the whole concept, with concept: and its key"
        )


def read_sources(folder: Path) -> Read[Sources]:
    """The mappings of a folder, one YAML file a system, before any model is asked."""
    wanted = Wanted("the folder that holds the .yml files", {"source": SourceMapping}, lambda data: ())
    return read_folder(folder, wanted)


def read_queries(folder: Path) -> Read[dict[str, str]]:
    """The text of each .sql file of a folder: the rules by hand that compute satellites."""
    wrong = {file: _query_fault(file) for file in sorted(folder.glob("*.sql")) if file.is_file()}
    told = {file.name: file.read_text(encoding="utf-8-sig") for file, fault in wrong.items() if fault is None}
    faults = tuple(f"{file.name}: {fault}" for file, fault in wrong.items() if fault)
    return Read(told, faults, frozenset(file.name for file in wrong) - told.keys())


def _query_fault(file: Path) -> str | None:
    """What is wrong with a .sql file before anything reads it: its name, or what hides in it."""
    if not _SQL_FILE.fullmatch(file.name):
        return "not a name; use lower-case letters, digits and underscores, and end it in .sql"
    try:
        text = file.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        return f"byte {error.start + 1} is not UTF-8; save the file as UTF-8"
    if TURNING.search(text):
        return "holds an invisible mark that turns the text's direction; delete it"
    if found := UNPRINTABLE.search(text):
        return f"line {text.count(chr(10), 0, found.start()) + 1}: a control character; delete it"
    return None


def checked(model: Read[ConceptModel], sources: Read[Sources]) -> tuple[ConceptModel, tuple[SourceMapping, ...]]:
    """Model and mappings that fit together; ModelError lists the faults of both and between them.

    A mapping is judged by the concepts that could be read, and the warehouse as a whole by the mappings without a fault
    if the model has none.
    """
    faults, sound = [*model.faults, *sources.faults], []
    for source in (sources.told[name] for name in sorted(sources.told)):
        wrong = list(source_faults(source, model.told, model.unread)) if model.told.concepts else []
        faults += wrong
        sound += [] if wrong else [source]
    if not model.faults:
        faults += design_faults(model.told, tuple(sound))
    raise_all(faults)
    return model.told, tuple(sound)
