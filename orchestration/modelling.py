"""Versions of the concept model: what a county adds, taking it back, and what a new version does to a warehouse."""

from __future__ import annotations

from pathlib import Path

from concepts import planning, proposal
from concepts.errors import ModelError
from concepts.loading import both, load_model, load_sources
from concepts.metamodel import Frozen
from concepts.overlay import load_region, load_with_region
from ingest.home import Home, single_writer
from marts.cards import load_cards
from orchestration.settings import PROJECT, Settings

NATIONAL = PROJECT / "concepts/national"


class Difference(Frozen):
    """What a county adds to the national model, as the file that it sends."""

    county: str
    is_empty: bool
    concepts: tuple[str, ...]  # new
    extensions: tuple[str, ...]  # extended
    text: str
    not_needed: tuple[str, ...]  # regional files that the national model has taken back; they can be deleted


class Planned(Frozen):
    """A plan, and the statements that were run if it was applied."""

    plan: planning.Plan
    migration: tuple[str, ...]
    applied: tuple[str, ...] | None = None  # None: only planned


def diff(regional: Path, national: Path = NATIONAL) -> Difference:
    """What the county's folder adds; ModelError names both files of each contradiction."""
    model, region = both(lambda: load_model(national), lambda: load_region(regional))
    told = proposal.diff(model, region)
    return Difference(
        county=told.county,
        is_empty=told.is_empty,
        concepts=tuple(told.concepts),
        extensions=tuple(told.extensions),
        text=proposal.proposal_text(told, model),
        not_needed=proposal.taken_back(model, region),
    )


def adopt(file: Path, national: Path = NATIONAL) -> tuple[Path, ...]:
    """Merge a proposal file into the national model; the files that changed."""
    return tuple(proposal.adopt(proposal.read_proposal(file), national))


def plan(
    before: Path,
    settings: Settings,
    *,
    regional: Path | None = None,
    regional_before: Path | None = None,
    apply: bool = False,
) -> Planned:
    """What changes from an earlier checkout's model and mappings to ours; applied to the warehouse only if asked."""
    for folder in ("concepts/national", "ingest/sources"):
        if not (before / folder).is_dir():
            raise ModelError(f"{before}: has no {folder}; give the folder of an earlier version of this project")
    cards = load_cards(settings.project / "marts/cards")
    was, is_ = both(lambda: read_version(before, regional_before), lambda: read_version(settings.project, regional))
    told = planning.plan(
        was,
        is_,
        {name: card.concepts for name, card in cards.items()},
    )
    applied = None
    if apply:
        with single_writer(Home(settings.home)):
            applied = planning.apply(told, settings.warehouse)
    return Planned(plan=told, migration=told.migration, applied=applied)


def read_version(project: Path, regional: Path | None = None) -> planning.Version:
    """The model and mappings of a checkout, with a county's additions if its folder is given."""
    model = load_with_region(project / "concepts/national", regional)
    return planning.Version(model, load_sources(project / "ingest/sources", model))
