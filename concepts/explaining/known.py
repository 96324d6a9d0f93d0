"""Everything that can be explained, and what all explanations look up in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from concepts.column_lineage import column_lineage
from concepts.explanation import Explanation, Value
from concepts.figures import Card, is_about, text_in
from concepts.generator.design import Design
from concepts.inputs import Inputs
from concepts.lineage import Origin, WarehouseTable, origins, warehouse_tables
from concepts.metamodel import Concept
from concepts.references import reached
from concepts.tables_by_hand import TableByHand, tables_by_hand
from concepts.wording import Language


@dataclass(frozen=True)
class Known:
    """The vault's design, the cards of figures, the limits of law and a dbt project's tables, for many questions.

    A model alone may be asked too: then there are no cards, limits and project.
    """

    plan: Design
    cards: Mapping[str, Card]
    limits: tuple[Mapping[str, object], ...]
    language: Language
    project: Path | None = None

    @cached_property
    def origins(self) -> tuple[Origin, ...]:
        """Every pair of delivered column and attribute."""
        return origins(self.plan)

    @cached_property
    def tables(self) -> dict[str, WarehouseTable]:
        """Every generated table by name."""
        return warehouse_tables(self.plan)

    @cached_property
    def columns(self) -> dict[str, dict[str, Inputs]]:
        """Every column of generated tables by name: the tables that have it, and what it is made from there."""
        told: dict[str, dict[str, Inputs]] = {}
        for table, columns in column_lineage(self.plan).items():
            for name, inputs in columns.items():
                told.setdefault(name, {})[table.rpartition(".")[2]] = inputs
        return told

    @cached_property
    def by_hand(self) -> dict[str, TableByHand]:
        """Every code set and mart of the project by name, if there is one."""
        return tables_by_hand(self.tables, self.project) if self.project else {}

    def text(self, told: object) -> str:
        """The text in the reader's language."""
        return text_in(told, self.language)

    def figures(self, uses: Callable[[Card], bool]) -> tuple[str, ...]:
        """The figures whose cards fit, each with its name."""
        return tuple(
            f"{key} – {self.text(card.get('names'))}" for key, card in sorted(self.cards.items()) if uses(card)
        )

    def figures_about(self, concept: Concept) -> tuple[str, ...]:
        """The figures about the concept; which of its attributes they use their cards do not say."""
        return self.figures(lambda card: is_about(card, concept))

    def figures_reading(self, table: str) -> tuple[str, ...]:
        """The figures whose query reads the table, at first or second hand."""
        return self.figures(lambda card: table in self.read_by(str(card.get("computed_by"))))

    def read_by(self, table: str) -> tuple[str, ...]:
        """The table and every other one that it reads, at first or second hand."""
        return reached(table, {name: told.reads for name, told in self.by_hand.items()})

    def told(
        self, kind: str, name: str, title: str, facts: Mapping[str, Value | None], english: Iterable[str] = ()
    ) -> Explanation:
        """An explanation of the facts that are not empty; ``english`` are those that there are only in English."""
        filled = {label: value for label, value in facts.items() if value}
        only = () if self.language == "en" else tuple(label for label in english if label in filled)
        return Explanation(kind=kind, name=name, title=title, language=self.language, facts=filled, english=only)
