"""The glossary: every word of the model in the order of the alphabet, with the words of the other languages."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from concepts.documents.dictionary import Contents
from concepts.documents.parts import Grid, Page, Said
from concepts.documents.words import LANGUAGES, NAMES, english, say, term_in
from concepts.figures import text_in
from concepts.metamodel import Term
from concepts.wording import Language

_LAST_LETTERS = str.maketrans({"å": "{a", "ä": "{b", "æ": "{b", "ö": "{c", "ø": "{c"})  # "{" comes after "z"


def glossary(contents: Contents, language: Language) -> Page:
    """The glossary in one language: concepts, attributes and figures."""
    others = [other for other in LANGUAGES if other != language]
    heads = (
        say("term", language).capitalize(),
        *(NAMES[other] for other in others),
        *(["davvisámegiella"] if _tells_sami(contents) else []),
        say("kind", language).capitalize(),
        say("definition", language).capitalize(),
        say("name", language).capitalize(),
    )
    rows = tuple(
        sorted(_rows(contents, language, others), key=lambda row: (alphabetical(row[0].text, language), row[-1].text))
    )
    title = say("glossary", language)
    return Page("glossary", language, title, (Grid(title, heads, rows),))


def alphabetical(text: str, language: Language) -> str:
    """A key that sorts as the language does: å, ä and ö are the last letters of Finnish and Swedish."""
    folded = unicodedata.normalize("NFC", text).casefold()
    if language != "en":
        folded = folded.translate(_LAST_LETTERS)
    plain = unicodedata.normalize("NFD", folded)
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def _tells_sami(contents: Contents) -> bool:
    """Whether any term is known in Northern Sámi, which is offered and asked of nobody."""
    terms = [
        term
        for concept in contents.model.concepts.values()
        for term in (concept.term, *(attribute.term for attribute in concept.attributes.values()))
    ]
    return any(term.se for term in terms)


def _rows(contents: Contents, language: Language, others: list[Language]) -> Iterator[tuple[Said, ...]]:
    tells_sami = _tells_sami(contents)

    def sami(term: Term | None) -> list[Said]:
        return [Said(term.se or "" if term else "", "se")] if tells_sami else []

    for concept in contents.model.concepts.values():
        yield (
            Said(term_in(concept.term, language), anchor=f"dictionary#{concept.concept}"),
            *(Said(term_in(concept.term, other), other) for other in others),
            *sami(concept.term),
            Said(say("concept", language)),
            Said(term_in(concept.definition, language)),
            Said(concept.concept, is_code=True),
        )
        for name, attribute in concept.attributes.items():
            yield (
                Said(term_in(attribute.term, language), anchor=f"dictionary#{concept.concept}"),
                *(Said(term_in(attribute.term, other), other) for other in others),
                *sami(attribute.term),
                Said(f"{say('attribute', language)}: {term_in(concept.term, language)}"),
                english(attribute.definition or "", language),
                Said(f"{concept.concept}.{name}", is_code=True),
            )
    for name, card in sorted(contents.cards.items()):
        yield (
            Said(text_in(card.get("names"), language) or name),
            *(Said(text_in(card.get("names"), other), other) for other in others),
            *sami(None),
            Said(say("indicator", language)),
            Said(text_in(card.get("definition"), language)),
            Said(name, is_code=True),
        )
