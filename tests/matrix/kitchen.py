"""The kitchen sink: a lending library with every entity, told by five systems, one for each meaning of absence."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from concepts.loading import load_model, load_sources
from concepts.metamodel import ConceptModel
from concepts.sources import SourceMapping
from tests.laws.compiling import Project, compiled

LIBRARY = Path(__file__).parent / "library"
FLAG = "delta\n    deleted: {column: deleted, values: [D]}"
SYSTEMS = {"desk": "full", "branch": "partition", "web": "delta", "kiosk": FLAG, "till": "event"}
SEMANTICS = {system: "flag" if told is FLAG else told for system, told in SYSTEMS.items()}
TERM = "{en: a, fi: b, sv: c}"
# Version 2 of the model: an attribute more in each kind of table of history; (concept, after, attribute, table, header)
NEW = [
    ("member", "street", "country", "member", "street"),
    ("member", "phone_kind", "phone_place", "phone", "kind"),
    ("loan", "due", "loan_fee", "loan", "due"),
    ("genre", "genre_name", "genre_audience", "genre", "name"),
    ("fine", "amount", "fine_cause", "fine", "amount"),
    ("payment", "amount", "payment_means", "payment", "amount"),
]


def model_and_source_texts(version: int = 1) -> tuple[dict[str, str], dict[str, str]]:
    """The files of the library's concepts and of what its systems deliver, by name."""
    texts = {file.name: file.read_text(encoding="utf-8") for file in (LIBRARY / "model").iterdir()}
    system = (LIBRARY / "system.yml").read_text(encoding="utf-8")
    if version == 2:
        for concept, after, attribute, table, header in NEW:
            texts[f"{concept}.yml"] = _with_attribute(texts[f"{concept}.yml"], after, attribute)
            system = _with_column(system, table, header, after, attribute)
    sources = {f"{name}.yml": _system(system, name, semantics) for name, semantics in SYSTEMS.items()}
    return texts, sources | {"calendar.yml": (LIBRARY / "calendar.yml").read_text(encoding="utf-8")}


@cache
def model_and_sources(version: int = 1) -> tuple[ConceptModel, tuple[SourceMapping, ...]]:
    """The same as the generator reads it."""
    with TemporaryDirectory() as folder:
        model, sources = Path(folder) / "model", Path(folder) / "sources"
        for place, texts in zip((model, sources), model_and_source_texts(version), strict=True):
            place.mkdir()
            for name, text in texts.items():
                (place / name).write_text(text, encoding="utf-8")
        concepts = load_model(model)
        return concepts, load_sources(sources, concepts)


@cache
def project(version: int = 1) -> Project:
    """The generated project as dbt compiled it."""
    return compiled(*model_and_sources(version))


@cache
def rising() -> Project:
    """Version 2 as dbt compiles it while the tables are still those of version 1."""
    return compiled(*model_and_sources(2), over=project(1))


def _system(text: str, name: str, semantics: str) -> str:
    if semantics is FLAG:
        text = text.replace("columns: {", "columns: {deleted: {}, ")
    if semantics == "partition":
        text = text[: text.index("\n  fine:") + 1]  # the checks of the model refuse events by partition
    return text.replace("SYSTEM", name).replace("SEMANTICS", semantics)


def _with_attribute(text: str, after: str, attribute: str) -> str:
    (line,) = (line for line in text.splitlines() if line.strip().startswith(f"{after}:"))
    indent = line[: len(line) - len(line.lstrip())]
    return text.replace(line, f"{line}\n{indent}{attribute}: {{type: string, term: {TERM}}}")


def _with_column(text: str, table: str, header: str, after: str, attribute: str) -> str:
    before, found, rest = text.partition(f"\n  {table}:\n")
    rest = rest.replace("columns: {", f"columns: {{{attribute}: {{}}, ", 1)
    assert f"{after}: {header}" in rest
    rest = rest.replace(f"{after}: {header}", f"{after}: {header}, {attribute}: {attribute}", 1)
    return before + found + rest
