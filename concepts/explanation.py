"""What is known of one name, as text for a terminal and as data for programs."""

from __future__ import annotations

from concepts.metamodel import Frozen
from concepts.wording import Language, word

Value = str | tuple[str, ...]


class Explanation(Frozen):
    """What is known of one name: its kind, its title, and labelled facts in reading order."""

    kind: str
    name: str
    title: str
    language: Language
    facts: dict[str, Value]
    english: tuple[str, ...] = ()  # labels of the facts that there are only in English

    @property
    def lines(self) -> tuple[str, ...]:
        """The explanation as text for a terminal."""
        told = [f"{self.name}: {self.title} ({word(self.kind, self.language)})"]
        for label, value in self.facts.items():
            shown = (value,) if isinstance(value, str) else value
            if len(shown) == 1:
                told.append(f"  {self._label(label)}: {shown[0]}")
            else:
                told += [f"  {self._label(label)}:", *(f"    {item}" for item in shown)]
        return tuple(told)

    def as_dict(self) -> dict[str, object]:
        """The explanation as data for JSON; labels stay English so that programs can rely on them."""
        return self.model_dump(mode="json")

    def _label(self, label: str) -> str:
        told = word(label, self.language)
        return f"{told} ({word('in_english', self.language)})" if label in self.english else told
