"""The picture of a subject area as SVG: boxes for its concepts, arrows between them, other areas' concepts in grey."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from concepts.documents.areas import Area, Reference, references_of, referring_to
from concepts.documents.layout import Node, Place, Plan, Size, forward, lay_out
from concepts.documents.parts import Spoken
from concepts.documents.words import capital, owner_in, say, term_in
from concepts.metamodel import Concept, ConceptModel, Kind, Sort
from concepts.wording import Language

MARGIN, TITLE, LINE, CHIP = 24, 56, 20, 26
INK, FAINT, GREY, WASH = "#1a1a1a", "#595959", "#767676", "#f2f2f2"
BOLD_LETTER, LETTER, CODE_LETTER = 9.0, 7.2, 7.9  # widths in pixels at 14 bold, 12.5 and 12.5 monospace, rounded up
NARROWEST = 180
BEND = 80  # width in which a line turns from its label to its target


@dataclass(frozen=True)
class Box:
    """What stands in a concept's box, and the greyed neighbours that hang below it."""

    concept: Concept
    heading: tuple[str, ...]
    kind: str
    aspects: tuple[str, ...]
    chips: tuple[tuple[str, bool], ...]  # text, and whether it is of another area
    ports: int

    @property
    def body(self) -> int:
        """Height without the chips; high enough for its lines to leave one by one."""
        lines = len(self.heading) + 1 + len(self.concept.key) + len(self.aspects)
        return max(lines * LINE + 18, (self.ports + 1) * LINE)

    @property
    def size(self) -> Size:
        texts = [(line, BOLD_LETTER) for line in self.heading]
        texts += [(line, CODE_LETTER) for line in (self.kind, *self.concept.key, *self.aspects)]
        texts += [(f"{text}     ", LETTER) for text, _ in self.chips]
        width = max(NARROWEST, *(int(len(text) * letter) + 24 for text, letter in texts))
        return Size(width, self.body + len(self.chips) * (CHIP + 6))


def draw(area: Area, model: ConceptModel, language: Language) -> str:
    """The area's picture with a title and a description for those who do not see it."""
    names = tuple(concept.concept for concept in area.concepts)
    lines = forward(names, tuple(r for concept in area.concepts for r in references_of(concept)))
    boxes = {concept.concept: _box(concept, area, lines, model, language) for concept in area.concepts}
    gap = max([int(len(line.label) * LETTER) + BEND for line in lines], default=BEND)
    plan = lay_out({name: box.size for name, box in boxes.items()}, lines, gap)
    width = max(plan.width, 560) + 2 * MARGIN
    notes = _notes(area, model, language, width)
    height = plan.height + TITLE + 2 * MARGIN + len(notes) * LINE + 12
    owner = owner_in(area.owner, language)
    title = capital(owner.text)
    shapes = [
        *_lines(plan, boxes, gap - BEND),
        *(shape for box in boxes.values() for shape in _shapes(box, plan, language)),
    ]
    shapes += [
        _text(MARGIN, plan.height + TITLE + MARGIN + (number + 1) * LINE, note, size=12.5, fill=FAINT)
        for number, note in enumerate(notes)
    ]
    frame = (
        f'<svg xmlns="http://www.w3.org/2000/svg" xml:lang="{language}" role="img" '
        f'aria-labelledby="{area.slug}-title {area.slug}-desc" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" font-family="Verdana, DejaVu Sans, sans-serif">'
    )
    head = (
        f'<title id="{area.slug}-title"{_spoken(owner.language)}>{escape(title)}</title>',
        f'<desc id="{area.slug}-desc">{escape(_description(area, model, language))}</desc>',
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        _text(MARGIN, 36, title, size=18, weight="bold", language=owner.language),
    )
    return "\n".join((frame, *head, *shapes, "</svg>")) + "\n"


def _box(concept: Concept, area: Area, lines: tuple[Reference, ...], model: ConceptModel, language: Language) -> Box:
    mine = [r for r in references_of(concept) if r not in lines]
    kind = "" if concept.kind is Kind.HUB else f" ({say(f'{concept.kind}_concept', language)})"
    ports = [
        sum(line.owner == concept.concept for line in lines),
        sum(line.target == concept.concept for line in lines),
    ]
    return Box(
        concept=concept,
        heading=tuple(textwrap.wrap(term_in(concept.term, language), 28)),
        kind=f"{concept.concept}{kind}",
        aspects=tuple(_aspects(concept, language)),
        chips=tuple(
            (f"{_label(r, language)} → {term_in(model[r.target].term, language)}", r.target not in area.names)
            for r in mine
        ),
        ports=max(ports),
    )


def _aspects(concept: Concept, language: Language) -> Iterator[str]:
    """The aspects of a concept, then the keys and aspects of its relations, each with its number of attributes."""
    for name, part in concept.satellites.items():
        rule = f", {say('computed_by_rule', language)}" if part.computed else ""
        yield f"{name} ({len(part.attributes)}{rule})"
    for link_name, link in concept.links.items():
        yield from (f"{link_name}: {name}" for name in link.child_key)
        yield from (f"{link_name}.{name} ({len(part.attributes)})" for name, part in link.satellites.items())


def _label(reference: Reference, language: Language) -> str:
    is_plain = reference.sort is Sort.RELATION
    return reference.label if is_plain else f"{reference.label}, {say(f'sort_{reference.sort}', language)}"


def _notes(area: Area, model: ConceptModel, language: Language, width: int) -> list[str]:
    """The legend, and who refers to the area's concepts from outside."""
    told = referring_to(area, model)
    term = {name: term_in(concept.term, language) for name, concept in model.concepts.items()}
    listed = [f"{term[name]} ← {', '.join(term[other] for other in others)}" for name, others in told.items()]
    texts = ([f"{say('refers', language)}:", *listed] if listed else []) + [say("legend", language)]
    letters = int((width - 2 * MARGIN) / LETTER)
    return [line for text in texts for line in textwrap.wrap(text, letters, subsequent_indent="    ")]


def _description(area: Area, model: ConceptModel, language: Language) -> str:
    """The picture in words: each concept and what it refers to."""
    told = []
    for concept in area.concepts:
        term = term_in(concept.term, language)
        targets = ", ".join(
            f"{term_in(model[r.target].term, language)} ({_label(r, language)})" for r in references_of(concept)
        )
        told.append(f"{term} → {targets}" if targets else term)
    return ". ".join(told) + "."


def _shapes(box: Box, plan: Plan, language: Language) -> Iterator[str]:
    place = _moved(plan.places[box.concept.concept])
    x, y = place.x, place.y
    yield (
        f'<rect x="{x}" y="{y}" width="{place.width}" height="{box.body}" rx="6" '
        f'fill="#eef4fb" stroke="{INK}" stroke-width="1.5"/>'
    )
    for line in box.heading:
        y += LINE
        yield _text(x + 12, y, line, weight="bold")
    for line in (box.kind, *box.concept.key, *box.aspects):
        y += LINE
        under = line in box.concept.key and line != box.kind
        yield _text(x + 12, y, line, size=12.5, fill=INK if under else FAINT, mono=True, underline=under)
    y = place.y + box.body
    for text, is_foreign in box.chips:
        fill, stroke = (WASH, GREY) if is_foreign else ("#ffffff", INK)
        yield f'<path d="M {x + 12} {place.y + box.body} V {y + 6 + CHIP // 2} h 10" fill="none" stroke="{GREY}"/>'
        yield (
            f'<rect x="{x + 22}" y="{y + 6}" width="{place.width - 22}" height="{CHIP}" rx="4" '
            f'fill="{fill}" stroke="{stroke}"/>'
        )
        yield _text(x + 30, y + 24, text, size=12.5, fill=FAINT if is_foreign else INK)
        y += CHIP + 6


def _moved(place: Place) -> Place:
    return Place(place.x + MARGIN, place.y + TITLE, place.width, place.height)


def _lines(plan: Plan, boxes: dict[str, Box], lead: int) -> Iterator[str]:
    """The arrows: straight below their label for ``lead`` pixels, then bent towards their target."""
    leaving = {name: _ports(name, 0, plan) for name in boxes}
    arriving = {name: _ports(name, -1, plan) for name in boxes}
    for number, (line, way) in enumerate(plan.lines):
        start, end = boxes[line.owner], boxes[line.target]
        first = _port(_moved(plan.places[line.owner]), start, leaving[line.owner], number)
        last = _port(_moved(plan.places[line.target]), end, arriving[line.target], number)
        edge = _moved(plan.places[line.owner]).x + _moved(plan.places[line.owner]).width
        points = [(edge + lead, first)]
        for node in way[1:-1]:
            lane = _moved(plan.places[node])
            points += [(lane.x, lane.y + lane.height // 2), (lane.x + lane.width, lane.y + lane.height // 2)]
        points.append((_moved(plan.places[line.target]).x - 9, last))
        dash = "" if line.is_driven else ' stroke-dasharray="6 4"'
        x, y = points[-1]
        way_drawn = f"M {edge} {first} H {edge + lead}{_curve(points)}"
        yield f'<path d="{way_drawn}" fill="none" stroke="{INK}" stroke-width="1.3"{dash}/>'
        yield f'<path d="M {x} {y - 5} l 9 5 l -9 5 z" fill="{INK}"/>'
        yield _text(edge + 8, first - 5, line.label, size=12.5)


def _ports(name: str, end: int, plan: Plan) -> list[int]:
    """The numbers of the lines at one side of a box, from top to bottom by where they come from or go to."""
    mine = [(number, way) for number, (_, way) in enumerate(plan.lines) if way[end] == name]
    beside = 1 if end == 0 else -2

    def middle(way: tuple[Node, ...]) -> float:
        place = plan.places[way[beside]]
        return place.y + place.height / 2

    return [number for number, way in sorted(mine, key=lambda told: (middle(told[1]), told[0]))]


def _port(place: Place, box: Box, numbers: list[int], number: int) -> int:
    return place.y + box.body * (numbers.index(number) + 1) // (len(numbers) + 1)


def _curve(points: list[tuple[int, int]]) -> str:
    """A smooth line: bent between columns, straight along a lane."""
    told = ""
    for number, ((x1, y1), (x2, y2)) in enumerate(pairwise(points)):
        middle = (x1 + x2) // 2
        told += f" L {x2} {y2}" if number % 2 else f" C {middle} {y1} {middle} {y2} {x2} {y2}"
    return told


def _text(
    x: int,
    y: int,
    text: str,
    *,
    size: float = 14,
    weight: str = "normal",
    fill: str = INK,
    mono: bool = False,
    underline: bool = False,
    language: Spoken | None = None,
) -> str:
    more = ' font-family="DejaVu Sans Mono, Consolas, monospace"' if mono else ""
    more += f' font-weight="{weight}"' if weight != "normal" else ""
    more += ' text-decoration="underline"' if underline else ""
    more += _spoken(language)
    return f'<text x="{x}" y="{y}" font-size="{size:g}" fill="{fill}"{more}>{escape(text)}</text>'


def _spoken(language: Spoken | None) -> str:
    """What marks a text in another language than the picture's."""
    return f' xml:lang="{language}"' if language else ""
