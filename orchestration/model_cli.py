"""The command line's verbs about the concept model itself: generate, explain, document, diff, adopt, plan."""

from __future__ import annotations

import csv
import json
import shlex
from functools import partial
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from concepts.errors import ModelError
from orchestration import modelling
from orchestration.settings import PROJECT, read_settings

# Who tries to read a place and may not tells so and ends with 1; typer would say that the words were wrong.
place, given = partial(typer.Option, readable=False), partial(typer.Argument, readable=False)

Json = Annotated[bool, typer.Option("--json", help="Print machine-readable JSON.")]
Tongue = Annotated[Literal["fi", "sv", "en"], typer.Option(help="Language of labels and names.")]
Model = Annotated[Path, place(help="Folder of concepts.")]
Sources = Annotated[Path, place(help="Folder of source mappings.")]
Regional = Annotated[Path | None, place(help="Folder of a county's additions to the concepts.")]
National = Annotated[Path, place(help="Folder of the national concepts.")]


def add_verbs(app: typer.Typer) -> None:
    """Give the command line the verbs of this module."""
    for verb in (generate, explain, document, diff, adopt, plan):
        app.command()(verb)


def generate(
    model: Model = modelling.NATIONAL,
    sources: Sources = modelling.SOURCES,
    regional: Regional = None,
    out: Annotated[
        Path | None,
        place(help="Folder to write, a dbt project of its own; else this checkout's warehouse."),
    ] = None,
    check: Annotated[bool, typer.Option("--check", help="Write nothing; fail if anything differs.")] = False,
    as_json: Json = False,
) -> None:
    """Write the warehouse that the concept model and the source mappings describe."""
    from concepts.generator.drift import drift, write

    folder = out or modelling.own_folder(model, sources)
    files, is_own = modelling.generated(model, sources, regional, folder)
    changed = (drift if check else write)(files, folder, shared=not is_own)
    said = f"{len(files)} files, {len(changed)} changed"
    if changed and not (is_own or check):
        said += f"; {folder / 'README.md'} tells how to deliver and build"
    tell({"files": len(files), "changed": changed}, as_json, said)
    if check and changed:
        remedy = _generate(model=model, sources=sources, regional=regional, out=out)
        shown = "\n  ".join(changed[:20])
        raise ModelError(f"{len(changed)} generated files differ from the model; run `{remedy}`:\n  {shown}")


def _generate(*, model: Path, sources: Path, regional: Path | None = None, out: Path | None = None) -> str:
    """The command that brings a warehouse in step with these folders."""
    places = {
        "--model": None if model == modelling.NATIONAL else model,
        "--sources": None if sources == modelling.SOURCES else sources,
        "--regional": regional,
        "--out": out,
    }
    return shlex.join(["sotevault", "generate", *(w for name, p in places.items() if p for w in (name, str(p)))])


def explain(
    name: Annotated[str, typer.Argument(help="A concept, column, table, indicator or rule of law.")],
    model: Model = modelling.NATIONAL,
    sources: Sources = modelling.SOURCES,
    regional: Regional = None,
    language: Tongue = "en",
    as_json: Json = False,
) -> None:
    """Tell what a name means, where it comes from, and which figures use it."""
    from concepts.explaining import explain as told_of
    from concepts.overlay import load

    concepts, mappings = load(model, sources, regional)
    explanation = told_of(
        name, model=concepts, sources=mappings, language=language, **(_known_here() if _is_ours(model) else {})
    )
    tell(explanation.model_dump(mode="json"), as_json, "\n".join(explanation.lines))


def _is_ours(model: Path) -> bool:
    """Whether this checkout's figures, limits of law and code sets are about the model."""
    return model.resolve() == modelling.NATIONAL


def _known_here() -> dict[str, Any]:
    """What this checkout tells besides its model: cards of figures, limits of law, and a dbt project."""
    with (modelling.CODES / "ref_time_limit.csv").open(encoding="utf-8", newline="") as stream:
        limits = list(csv.DictReader(stream))
    return {"cards": _cards(), "limits": limits, "project": PROJECT}


def _cards() -> dict[str, Any]:
    from marts.cards import load_cards

    return {name: card.model_dump(mode="json") for name, card in load_cards(PROJECT / "marts/cards").items()}


def document(
    out: Annotated[Path, place(help="Folder of its own to write; what else lies in it is deleted.")],
    model: Model = modelling.NATIONAL,
    sources: Sources = modelling.SOURCES,
    regional: Regional = None,
    as_json: Json = False,
) -> None:
    """Write dictionary, glossary, diagrams and column lineage out of the model, in fi, sv and en."""
    from concepts.documents import documents
    from concepts.generator.drift import write
    from concepts.overlay import load

    concepts, mappings = load(model, sources, regional)
    files = documents(concepts, mappings, _cards() if _is_ours(model) else {})
    changed = write(files, out)
    tell({"files": len(files), "changed": changed}, as_json, f"{out / 'index.html'}: {len(files)} files")


def diff(
    regional: Annotated[Path, place(help="Folder of a county's additions.")],
    national: National = modelling.NATIONAL,
    out: Annotated[Path | None, place(help="File to write the proposal into.")] = None,
    as_json: Json = False,
) -> None:
    """Show what a county adds to the national model, as the proposal file that it can send."""
    told = modelling.diff(regional, national)
    if out and not told.is_empty:
        out.write_text(told.text, encoding="utf-8")
    words = "the county adds nothing" if told.is_empty else told.text
    tell(told.model_dump(mode="json"), as_json, f"{out}: written" if out and not told.is_empty else words)


def adopt(
    proposal: Annotated[Path, given(help="A proposal file that `sotevault diff` wrote.")],
    national: National = modelling.NATIONAL,
    as_json: Json = False,
) -> None:
    """Merge a county's proposal into the national model; run `sotevault generate` afterwards."""
    changed = [file.name for file in modelling.adopt(proposal, national)]
    yours = None if national.resolve() == modelling.NATIONAL else Path("DIR")  # only its reader knows those of another
    remedy = _generate(model=national, sources=yours or modelling.SOURCES, out=yours)
    told = [*changed, f"next: {remedy}"] if changed else ["nothing changes, the national model has it all"]
    tell({"changed": changed}, as_json, "\n".join(told))


def plan(
    before: Annotated[Path, place("--from", help="An earlier checkout, or a folder with model and sources.")],
    after: Annotated[Path | None, place("--to", help="The later one; else this checkout.")] = None,
    regional: Annotated[Path | None, place(help="Folder of a county's additions to the later one.")] = None,
    from_regional: Annotated[Path | None, place(help="Folder of a county's additions to the earlier one.")] = None,
    database: Annotated[Path | None, place(help="DuckDB file of the warehouse; else the home's.")] = None,
    apply: Annotated[bool, typer.Option("--apply", help="Run the plan's statements on the warehouse.")] = False,
    as_json: Json = False,
) -> None:
    """Tell what changes in the vault from an earlier version of the model, and with --apply do it."""
    told = modelling.plan(
        before,
        read_settings(),
        after=after,
        regional=regional,
        regional_before=from_regional,
        database=database,
        apply=apply,
    )
    tell(told.model_dump(mode="json"), as_json, "\n".join(told.lines))


def tell(data: Any, as_json: bool, text: str) -> None:
    """Print a verb's answer: as JSON for a machine, else its text."""
    typer.echo(json.dumps(data, ensure_ascii=False, indent=2, default=str) if as_json else text)
