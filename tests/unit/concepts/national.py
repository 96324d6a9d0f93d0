"""The national model and the mappings of the project, read once."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from concepts.loading import load_model, load_sources
from concepts.metamodel import ConceptModel
from concepts.sources import SourceMapping

ROOT = Path(__file__).parents[3]


@cache
def mapped() -> tuple[ConceptModel, tuple[SourceMapping, ...]]:
    """Both, as the generator takes them."""
    model = load_model(ROOT / "concepts" / "national")
    return model, load_sources(ROOT / "ingest" / "sources", model)
