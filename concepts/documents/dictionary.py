"""The data dictionary: every concept by subject area, with its attributes, relations, tables and figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from concepts.documents.areas import areas_of, references_of
from concepts.documents.drawing import draw
from concepts.documents.parts import Block, Facts, Grid, Heading, Page, Paragraph, Picture, Said
from concepts.documents.reading import reading_rows
from concepts.documents.words import capital, english, owner_in, say, term_in
from concepts.figures import Card, is_about, text_in
from concepts.lineage import Origin, WarehouseTable
from concepts.listed_values import value_in
from concepts.metamodel import Attribute, Concept, ConceptModel, Privacy, Sort
from concepts.wording import Language


@dataclass(frozen=True)
class Contents:
    """What dictionary and glossary tell: the model, where its attributes come from, its tables and figures."""

    model: ConceptModel
    origins: tuple[Origin, ...]
    tables: Mapping[str, WarehouseTable]
    cards: Mapping[str, Card]


def dictionary(contents: Contents, language: Language) -> Page:
    """The dictionary in one language."""
    return Page("dictionary", language, say("dictionary", language), tuple(_blocks(contents, language)))


def _blocks(contents: Contents, language: Language) -> Iterator[Block]:
    areas = areas_of(contents.model)
    index = tuple(
        (
            owner_in(area.owner, language),
            tuple(Said(term_in(c.term, language), anchor=f"#{c.concept}") for c in area.concepts),
        )
        for area in areas
    )
    yield Facts(index)
    for area in areas:
        title = owner_in(area.owner, language)
        yield Heading(2, replace(title, text=capital(title.text)), f"area-{area.slug}")
        yield Picture(f"diagrams/{area.slug}.svg", draw(area, contents.model, language), title)
        for concept in area.concepts:
            yield from _concept(contents, concept, language)


def _concept(contents: Contents, concept: Concept, language: Language) -> Iterator[Block]:
    yield Heading(3, Said(term_in(concept.term, language)), concept.concept, concept.concept)
    yield Paragraph(term_in(concept.definition, language))
    scope = "shared" if concept.key_scope == "shared" else "own_of_source"
    rows: list[tuple[str, tuple[Said, ...]]] = [
        ("kind", (Said(say(f"{concept.kind}_concept", language)),)),
        ("source", (english(concept.source, language),)),
        ("owner", (owner_in(concept.owner, language),)),
        ("key", tuple(Said(name, is_code=True) for name in concept.key)),
        ("key_scope", (Said(say(scope, language)),)),
        ("dimensions", tuple(Said(dimension) for dimension in concept.dimensions)),
        *reading_rows(concept, language),
        ("tables", tuple(Said(t.name, is_code=True) for t in contents.tables.values() if t.concept == concept.concept)),
        ("indicators", tuple(_figures(contents, concept, language))),
    ]
    yield Facts(tuple((Said(capital(say(label, language))), told) for label, told in rows if told))
    yield _attributes(contents, concept, language)
    if concept.links:
        yield _relations(contents, concept, language)


def _figures(contents: Contents, concept: Concept, language: Language) -> Iterator[Said]:
    for name, card in sorted(contents.cards.items()):
        if is_about(card, concept):
            yield Said(f"{name} {text_in(card.get('names'), language)}".strip())


def _attributes(contents: Contents, concept: Concept, language: Language) -> Grid:
    heads = ("name", "term", "definition", "type", "privacy", "aspect", "comes_from")
    aspects = dict(_aspects(concept))
    rows = tuple(
        (
            Said(name, is_code=True),
            Said(term_in(attribute.term, language)),
            english(attribute.definition or "", language),
            Said(_type(attribute, language)),
            Said("" if attribute.privacy is Privacy.NONE else value_in(language, "privacy", attribute.privacy)),
            Said(aspects[name], is_code=True) if name in aspects else Said(say("key", language)),
            Said(_comes_from(contents, concept, name)),
        )
        for name, attribute in concept.attributes.items()
    )
    caption = f"{term_in(concept.term, language)}: {say('attributes', language)}"
    return Grid(caption, tuple(capital(say(head, language)) for head in heads), rows)


def _type(attribute: Attribute, language: Language) -> str:
    more = [f"ref_{attribute.codes}"] if attribute.codes else []
    more += [attribute.unit] if attribute.unit else []
    return ", ".join([value_in(language, "type", attribute.type), *more])


def _comes_from(contents: Contents, concept: Concept, attribute: str) -> str:
    for satellite in concept.satellites.values():
        if satellite.computed and attribute in satellite.attributes:
            return satellite.computed
    fed = [o for o in contents.origins if (o.concept, o.attribute) == (concept.concept, attribute)]
    return "; ".join(dict.fromkeys(f"{o.delivery}: {o.header}" for o in fed))


def _aspects(concept: Concept) -> Iterator[tuple[str, str]]:
    """The aspect of each attribute; of a relation's, the relation before it, and alone for its key."""
    for aspect, part in concept.satellites.items():
        yield from ((name, aspect) for name in part.attributes)
    for link_name, link in concept.links.items():
        yield from ((name, link_name) for name in link.child_key)
        for aspect, part in link.satellites.items():
            yield from ((name, f"{link_name}.{aspect}") for name in part.attributes)


def _relations(contents: Contents, concept: Concept, language: Language) -> Grid:
    heads = ["relation", "concept", "holds_relation", "kind", "key_of_relation"]
    rows = [
        [
            Said(reference.label, is_code=True),
            Said(term_in(contents.model[reference.target].term, language), anchor=f"#{reference.target}"),
            Said(say("one" if reference.is_driven else "many", language)),
            Said("" if reference.sort is Sort.RELATION else say(f"sort_{reference.sort}", language)),
            Said(", ".join(reference.child_key), is_code=True),
        ]
        for reference in references_of(concept)
    ]
    shown = [place for place in range(len(heads)) if place < 3 or any(row[place].text for row in rows)]
    return Grid(
        f"{term_in(concept.term, language)}: {say('relations', language)}",
        tuple(capital(say(heads[place], language)) for place in shown),
        tuple(tuple(row[place] for place in shown) for row in rows),
    )
