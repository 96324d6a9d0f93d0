"""What the use-case cards of figures tell of concepts; cards come as plain mappings, whoever keeps them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pydantic import BaseModel

from concepts.errors import ModelError
from concepts.metamodel import Concept, Term
from concepts.wording import Language

Card = Mapping[str, object]


def plain(card: object) -> Card:
    """A card as a plain mapping, whether it is one or a card of ours; ModelError if it is neither."""
    if isinstance(card, BaseModel):
        return card.model_dump(mode="json")
    if not isinstance(card, Mapping):
        raise ModelError("a card is a mapping of keys to values; read it with the cards' own reader")
    return card


def text_in(told: object, language: Language) -> str:
    """The text in the reader's language, whether told as a term, as a mapping of languages or as plain text."""
    if isinstance(told, Term):
        return str(getattr(told, language))
    if isinstance(told, Mapping):
        return str(told.get(language) or told.get("en") or "")
    return "" if told is None else str(told)


def listed(told: object) -> tuple[str, ...]:
    """The names that a key of a card lists; one text is a list of one."""
    if isinstance(told, str):
        return (told,) if told else ()
    return tuple(str(item) for item in told) if isinstance(told, Sequence) else ()


def is_about(card: Card, concept: Concept) -> bool:
    """Whether the figure is about the concept: the card names it, or an attribute, whose name has one meaning."""
    return concept.concept in listed(card.get("concepts")) or any(
        names_attribute(card, concept.concept, attribute) for attribute in concept.attributes
    )


def names_attribute(card: Card, concept: str, attribute: str) -> bool:
    """Whether the card names this very attribute; which ones a figure uses of a concept that it names is not told."""
    return not {attribute, f"{concept}.{attribute}"}.isdisjoint(listed(card.get("concepts")))
