"""What a model refers to outside itself: the tables that queries of computed satellites read, and its code sets."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, TemplateSyntaxError, nodes

from concepts.generator import naming
from concepts.metamodel import Concept, ConceptModel
from concepts.rings import ring
from concepts.yaml_text import read_yaml

JINJA = Environment(autoescape=True, extensions=["jinja2.ext.do"])  # dbt's has the extension, too
_REMARK = re.compile(r"\{#.*?#\}", re.DOTALL)


def without_remarks(query: str) -> str:
    """The query as dbt reads it, which leaves {# remarks #} out."""
    return _REMARK.sub("", query)


def references(query: str) -> tuple[str, ...]:
    """The models that the query names in a plain ``ref('name')``; of a query with dbt's blocks that is not known."""
    told = without_remarks(query)
    return () if "{%" in told else read_by(told, {})


def macros_of(text: str) -> dict[str, nodes.Macro]:
    """The macros of a file by name; none of a file whose blocks only dbt knows."""
    try:
        return {macro.name: macro for macro in JINJA.parse(text).find_all(nodes.Macro)}
    except TemplateSyntaxError:
        return {}


def read_by(query: str, macros: Mapping[str, nodes.Macro]) -> tuple[str, ...]:
    """The models that a query of a project reads, itself or through the macros that it calls."""
    try:
        parts: list[nodes.Node] = [JINJA.parse(query)]
    except TemplateSyntaxError:
        return ()
    called: set[str] = set()
    told: dict[str, None] = {}
    for part in parts:  # grows while it is read
        for call in part.find_all(nodes.Call):
            if _is_ref(call) and isinstance(call.args[0], nodes.Const):
                told[call.args[0].value] = None
            elif isinstance(call.node, nodes.Name) and call.node.name in macros.keys() - called:
                called.add(call.node.name)
                parts.append(macros[call.node.name])
    return tuple(told)


def reached(name: str, reads: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """The table and every other one that it reads, at first or second hand; ``reads`` tells what each reads itself."""
    seen = [name]
    for table in seen:  # grows while it is read
        seen += [other for other in dict.fromkeys(reads.get(table, ())) if other not in seen]
    return tuple(seen)


def _is_ref(call: nodes.Call) -> bool:
    """With a project's or package's name before it, or a version behind it, a model is not ours to judge."""
    return isinstance(call.node, nodes.Name) and call.node.name == "ref" and len(call.args) == 1 and not call.kwargs


def reads_itself_by(table: str, concepts: Mapping[str, Concept], queries: Mapping[str, str]) -> tuple[str, ...]:
    """The computed satellites by which one reads itself, from it on; empty if it does not."""
    read = {name: references(queries.get(file, "")) for name, _, file in _computed(concepts)}
    return ring(table, lambda name: read.get(name, ()))


def _computed(concepts: Mapping[str, Concept]) -> Iterator[tuple[str, str, str]]:
    """The table of each computed satellite, the place in the model where it stands, and its query's file."""
    for concept in concepts.values():
        for aspect, part in concept.satellites.items():
            if part.computed:
                where = f"{concept.concept}.yml: satellites.{aspect}.computed"
                yield naming.computed(concept.concept, aspect), where, part.computed


def missing_references(model: ConceptModel, files: Mapping[str, str], out: Path, project: Path) -> Iterator[str]:
    """Each table that a query reads although neither the files for ``out`` nor the dbt project around it make it."""
    made = _made(files)
    known = made | {path.stem for path in _by_hand(files, out, project)}
    for where, name in _read(model, made):
        if name not in known:
            yield f"{where} reads {name}, which there is not; {_mend(name, known)}"


def names_taken(files: Mapping[str, str], out: Path, project: Path) -> Iterator[str]:
    """Each table of the files for ``out`` that somebody in its dbt project has made by hand; engines know no case."""
    made = {name.casefold() for name in _made(files)}
    for path in _by_hand(files, out, project):
        if path.stem.casefold() in made:
            yield (
                f"{path.relative_to(project.resolve())}: the model makes a table {path.stem.casefold()} too, and a "
                "name is one table's; rename this file, or in the model what the table is called after"
            )


def _made(files: Iterable[str]) -> set[str]:
    return {path.split("/")[-1].removesuffix(".sql") for path in files if path.startswith("models/")}


def lost_references(model: ConceptModel, before: Collection[str], made: Collection[str]) -> Iterator[str]:
    """Each table that a query reads and that was made before, but is not among those that are made now."""
    for where, name in _read(model, made):
        if name in before and name not in made:
            yield f"{where} reads {name}, which the new version does not make; {_mend(name, made)}"


def missing_code_sets(model: ConceptModel, folder: Path) -> Iterator[str]:
    """Each code set by which an attribute is to be checked and that is not in the folder."""
    for concept in model.concepts.values():
        for name, attribute in concept.attributes.items():
            file = f"ref_{attribute.codes}.csv"
            if attribute.codes and not (folder / file).is_file():
                yield f"{concept.concept}.yml: {name}.codes: no {file} in {folder.name}; add it or mend the name"


def _read(model: ConceptModel, made: Collection[str]) -> Iterator[tuple[str, str]]:
    """What the queries of those computed satellites that are made read: place and file, table."""
    for table, where, file in _computed(model.concepts):
        for name in references(model.queries[file]) if table in made else ():
            yield f"{where}: {file}", name


def _mend(name: str, known: Iterable[str]) -> str:
    near = ", ".join(difflib.get_close_matches(name, sorted(known), cutoff=0.55))
    return f"mend the name{f' (near: {near})' if near else ''}, or let a mapping feed what it is made of"


def _by_hand(files: Mapping[str, str], out: Path, project: Path) -> Iterator[Path]:
    """A dbt project's models, seeds and snapshots that somebody wrote; a project of ours keeps to dbt's folders."""
    told = {} if "dbt_project.yml" in files else read_yaml(project / "dbt_project.yml")
    generated = out.resolve() / "models"
    for kind in ("model", "seed", "snapshot"):
        for folder in folders(told, project.resolve(), kind):
            for path in sorted(folder.rglob("*")):
                if path.suffix in (".sql", ".csv", ".py") and generated not in path.parents:
                    yield path


def folders(told: Mapping[str, Any], project: Path, kind: str) -> list[Path]:
    """Where a dbt project that says so keeps its models, seeds, snapshots or macros; else in dbt's own folders."""
    return [project / folder for folder in told.get(f"{kind}-paths", [f"{kind}s"])]
