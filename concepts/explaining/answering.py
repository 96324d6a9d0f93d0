"""Which explanation a name gets, and which names are near one that gets none."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from concepts.errors import ModelError
from concepts.explaining.figures import indicator, rule
from concepts.explaining.known import Known
from concepts.explaining.meanings import attribute, column, concept, term, words_of
from concepts.explaining.tables import by_hand, table
from concepts.explaining.vault_columns import vault_column, words
from concepts.explanation import Explanation
from concepts.figures import plain
from concepts.generator.design import design
from concepts.metamodel import ConceptModel
from concepts.sources import SourceMapping
from concepts.wording import Language
from concepts.yaml_text import in_line

_WAYS: tuple[Callable[[Known, str], Explanation | None], ...] = (
    indicator,
    rule,
    concept,
    attribute,
    table,
    column,
    vault_column,
    by_hand,
    term,
)


def explain(
    name: str,
    *,
    model: ConceptModel,
    sources: tuple[SourceMapping, ...],
    cards: Mapping[str, object] = {},
    limits: Iterable[Mapping[str, object]] = (),
    language: Language = "en",
    project: Path | None = None,
) -> Explanation:
    """Explain a concept, attribute, indicator, rule of law, delivered column, a table or column of the vault, or a code
    set or mart of the dbt project; ModelError with near names if it is none."""
    told = {key: plain(card) for key, card in cards.items()}
    return answer(Known(design(model, sources), told, tuple(limits), language, project), name)


def answer(known: Known, name: str) -> Explanation:
    """What is known of the name; ModelError with near names if nothing is."""
    name = unicodedata.normalize("NFC", name.strip())  # some systems type ä as a and a dieresis
    for find in _WAYS:
        found = find(known, name)
        if found:
            return found
    place, _, column = name.casefold().rpartition(".")
    if place.rpartition(".")[2] in known.columns.get(column, {}):  # an attribute, or a delivered column, of that table
        return answer(known, column)
    raise ModelError(_suggestion(name, names(known), example=max(known.plan.model.concepts)))


def names(known: Known) -> set[str]:
    """Every name that has an answer, apart from those with dots: concept.attribute and source.table.column."""
    concepts = known.plan.model.concepts
    terms = [term for told in concepts.values() for term in (told.term, *(a.term for a in told.attributes.values()))]
    return {
        *concepts,
        *(name for told in concepts.values() for name in told.attributes),
        *known.cards,
        *(str(row.get("rule_id")) for row in known.limits),
        *known.tables,
        *known.by_hand,
        *(delivery for told in known.tables.values() for delivery in told.deliveries),
        *known.columns,
        *(name for name in words() if not name.startswith("_")),
        *(header for table in known.plan.tables for header in (*table.mapping.columns, *table.mapping.ignored)),
        *(word for told in terms for word in words_of(told)),
    }


def _suggestion(name: str, names: Iterable[str], *, example: str) -> str:
    by_folded = {known.casefold(): known for known in sorted(names)}
    near = difflib.get_close_matches(name.strip().casefold(), by_folded, n=5, cutoff=0.55)
    listed = ", ".join(by_folded[item] for item in near)
    return f'"{in_line(name)}": no such name; ' + (
        f"near it are: {listed}" if near else f"sotevault explain {example} shows one"
    )
