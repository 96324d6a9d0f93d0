"""Versions of the concept model: their warehouse, what a county adds, taking it back, and what a new one changes."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

from concepts import applying, planning, proposal
from concepts.errors import ModelError
from concepts.generator.naming import project_name
from concepts.generator.render import render
from concepts.loading import load_model
from concepts.metamodel import Frozen
from concepts.overlay import load, load_apart
from concepts.references import lost_references, missing_references, names_taken
from concepts.yaml_parts import both, raise_all
from ingest.home import Home, single_writer
from marts.cards import load_cards
from orchestration.settings import PROJECT, Settings

NATIONAL = PROJECT / "concepts/national"
SOURCES = PROJECT / "ingest/sources"
CODES = PROJECT / "concepts/codes"
GENERATED = PROJECT / "vault_models/generated"
LAYOUTS = (("concepts/national", "ingest/sources"), ("model", "sources"))  # a checkout of ours, a model of its own


class Difference(Frozen):
    """What a county adds to the national model, as the file that it sends."""

    county: str
    is_empty: bool
    concepts: tuple[str, ...]  # new
    extensions: tuple[str, ...]  # extended
    text: str
    not_needed: tuple[str, ...]  # regional files that the national model has adopted; they can be deleted


class Planned(Frozen):
    """A plan, and the statements that were run if it was applied."""

    plan: planning.Plan
    migration: tuple[str, ...]
    applied: tuple[str, ...] | None = None  # None: only planned

    @property
    def lines(self) -> tuple[str, ...]:
        """The plan in words, and what was done of it."""
        if self.applied is None:
            return self.plan.lines
        if not self.applied:
            return (*self.plan.lines, "nothing to apply")
        return (*self.plan.lines, "applied:", *(f"  {statement};" for statement in self.applied))


def own_folder(model: Path, sources: Path) -> Path:
    """Where this checkout's own warehouse is written; ModelError if model or mappings are another's."""
    if (model.resolve(), sources.resolve()) != (NATIONAL, SOURCES):
        raise ModelError(
            "generate: would replace this checkout's warehouse by another's; name the folder to write with --out"
        )
    return GENERATED


def generated(model: Path, sources: Path, regional: Path | None, folder: Path) -> tuple[dict[str, str], bool]:
    """The files of the warehouse that the folder is for, by path, and whether it is this checkout's own.

    Elsewhere they are a dbt project of their own, which keeps data and logs beside them. ModelError tells the faults of
    model, additions and mappings.
    """
    is_own = folder.resolve() == GENERATED
    concepts, mappings = load(model, sources, regional, CODES if is_own else None)
    files = render(concepts, mappings, project=None if is_own else project_name(folder))
    project = PROJECT if is_own else folder
    raise_all([*missing_references(concepts, files, folder, project), *names_taken(files, folder, project)])
    return files, is_own


def diff(regional: Path, national: Path = NATIONAL) -> Difference:
    """What the county's folder adds; ModelError names both files of each contradiction."""
    nation = national.resolve().name
    model, region = load_apart(national, regional)
    told = proposal.diff(model, region, nation)
    return Difference(
        county=told.county,
        is_empty=told.is_empty,
        concepts=tuple(told.concepts),
        extensions=tuple(told.extensions),
        text=proposal.proposal_text(told, model),
        not_needed=proposal.adopted_files(model, region),
    )


def adopt(file: Path, national: Path = NATIONAL) -> tuple[Path, ...]:
    """Merge a proposal file into the national model; the files that changed."""
    told, _ = both(lambda: proposal.read_proposal(file), lambda: load_model(national))
    return tuple(proposal.adopt(told, national))


def plan(
    before: Path,
    settings: Settings,
    *,
    after: Path | None = None,
    regional: Path | None = None,
    regional_before: Path | None = None,
    database: Path | None = None,
    apply: bool = False,
) -> Planned:
    """What changes from an earlier version to a later one, this checkout if none is given; applied only if asked.

    A model of its own names the database that it is applied to; ours is the home's warehouse. ModelError if a query of
    the later version reads what that one no longer makes.
    """
    if apply and after and not database:
        raise ModelError(f"{after}: which warehouse is it for? name its DuckDB file with --database")
    folder = after or settings.project
    was, is_ = both(lambda: read_version(before, regional_before), lambda: read_version(folder, regional))
    cards = load_cards(folder / "marts/cards") if (folder / "marts/cards").is_dir() else {}
    raise_all(lost_references(is_.model, was.objects, is_.objects))
    told = planning.plan(was, is_, {name: card.concepts for name, card in cards.items()})
    applied = None
    if apply:
        with nullcontext() if database else single_writer(Home(settings.home)):
            applied = applying.apply(told, database or settings.warehouse)
    return Planned(plan=told, migration=told.migration, applied=applied)


def read_version(folder: Path, regional: Path | None = None) -> planning.Version:
    """The model and mappings in a folder of one of the LAYOUTS, with a county's additions if its folder is given."""
    for concepts, sources in LAYOUTS:
        if (folder / concepts).is_dir() and (folder / sources).is_dir():
            try:
                return planning.Version(*load(folder / concepts, folder / sources, regional))
            except ModelError as error:  # two versions are read at a time
                raise ModelError("\n".join(f"{folder}: {fault}" for fault in str(error).splitlines())) from None
    wanted = " nor ".join(f"{concepts} and {sources}" for concepts, sources in LAYOUTS)
    raise ModelError(f"{folder}: has neither {wanted}; give the folder that holds a version of model and mappings")
