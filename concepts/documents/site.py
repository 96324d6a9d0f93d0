"""(model, sources, cards) -> {path: text}: every document. Pure: no clock, no disk, no network."""

from __future__ import annotations

from collections.abc import Mapping

from concepts.documents.areas import areas_of
from concepts.documents.columns import lineage_json
from concepts.documents.dictionary import Contents, dictionary
from concepts.documents.drawing import draw
from concepts.documents.glossary import glossary
from concepts.documents.markdown import markdown
from concepts.documents.webpage import start_page, webpage
from concepts.documents.words import LANGUAGES
from concepts.generator.design import design
from concepts.lineage import origins, warehouse_tables
from concepts.metamodel import ConceptModel
from concepts.sources import SourceMapping


def documents(
    model: ConceptModel, sources: tuple[SourceMapping, ...], cards: Mapping[str, Mapping[str, object]]
) -> dict[str, str]:
    """Path -> text of dictionary, glossary and pictures in three languages and of the column lineage.

    Cards are plain mappings by indicator, as ``Card.model_dump(mode="json")`` gives them; an empty mapping will do.
    """
    plan = design(model, sources)
    contents = Contents(model, origins(plan), warehouse_tables(plan), cards)
    files = {"index.html": start_page(), "lineage.json": lineage_json(plan)}
    for language in LANGUAGES:
        for page in (dictionary(contents, language), glossary(contents, language)):
            files[f"{language}/{page.name}.html"] = webpage(page)
            files[f"{language}/{page.name}.md"] = markdown(page)
        for area in areas_of(model):
            files[f"{language}/diagrams/{area.slug}.svg"] = draw(area, model, language)
    return dict(sorted(files.items()))
