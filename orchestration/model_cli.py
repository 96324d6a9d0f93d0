"""The command line's verbs about the concept model itself: document, diff, adopt, plan."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from orchestration import modelling
from orchestration.settings import PROJECT, read_settings

Json = Annotated[bool, typer.Option("--json", help="Print machine-readable JSON.")]
Regional = Annotated[Path | None, typer.Option(help="Folder of a county's additions.")]
National = Annotated[Path, typer.Option(help="Folder of the national concepts.")]


def add_verbs(app: typer.Typer) -> None:
    """Give the command line the verbs of this module."""
    for verb in (document, diff, adopt, plan):
        app.command()(verb)


def document(
    out: Annotated[Path, typer.Option(help="Folder of its own to write; what else lies in it is deleted.")],
    model: Annotated[Path, typer.Option(help="Folder of concepts.")] = modelling.NATIONAL,
    sources: Annotated[Path, typer.Option(help="Folder of source mappings.")] = PROJECT / "ingest/sources",
    as_json: Json = False,
) -> None:
    """Write dictionary, glossary, diagrams and column lineage out of the model, in fi, sv and en."""
    from concepts.documents import documents
    from concepts.generator.drift import write
    from concepts.overlay import load
    from marts.cards import load_cards

    concepts, mappings = load(model, sources)
    cards: dict[str, Any] = {}
    if model == modelling.NATIONAL:
        cards = {name: card.model_dump(mode="json") for name, card in load_cards(PROJECT / "marts/cards").items()}
    files = documents(concepts, mappings, cards)
    changed = write(files, out)
    _tell({"files": len(files), "changed": changed}, as_json, f"{out / 'index.html'}: {len(files)} files")


def diff(
    regional: Annotated[Path, typer.Option(help="Folder of a county's additions.")],
    national: National = modelling.NATIONAL,
    out: Annotated[Path | None, typer.Option(help="File to write the proposal into.")] = None,
    as_json: Json = False,
) -> None:
    """Show what a county adds to the national model, as the proposal file that it can send."""
    told = modelling.diff(regional, national)
    if out and not told.is_empty:
        out.write_text(told.text, encoding="utf-8")
    words = "the county adds nothing" if told.is_empty else told.text
    _tell(told.model_dump(mode="json"), as_json, f"{out}: written" if out and not told.is_empty else words)


def adopt(
    proposal: Annotated[Path, typer.Argument(help="A proposal file that `sotevault diff` wrote.")],
    national: National = modelling.NATIONAL,
    as_json: Json = False,
) -> None:
    """Merge a county's proposal into the national model; run `sotevault generate` afterwards."""
    changed = [file.name for file in modelling.adopt(proposal, national)]
    _tell({"changed": changed}, as_json, "\n".join([*changed, "next: sotevault generate"]))


def plan(
    before: Annotated[Path, typer.Option("--from", help="An earlier checkout, or a folder with model and sources.")],
    after: Annotated[Path | None, typer.Option("--to", help="The later one; else this checkout.")] = None,
    regional: Regional = None,
    from_regional: Regional = None,
    database: Annotated[Path | None, typer.Option(help="DuckDB file of the warehouse; else the home's.")] = None,
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
    _tell(told.model_dump(mode="json"), as_json, "\n".join(told.plan.lines) or "nothing changes")


def _tell(data: Any, as_json: bool, text: str) -> None:
    typer.echo(json.dumps(data, ensure_ascii=False, indent=2, default=str) if as_json else text)
