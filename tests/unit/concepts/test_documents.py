"""Documents say all that the model says, for every reader, and what the pictures and the lineage show is true."""

from __future__ import annotations

import json
import re
from functools import cache
from html.parser import HTMLParser
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import pytest

from concepts.documents import documents
from concepts.documents.areas import Reference, areas_of
from concepts.documents.glossary import alphabetical
from concepts.documents.layout import Size, forward, lay_out
from concepts.loading import load_model, load_sources
from concepts.metamodel import Concept, ConceptModel
from tests.unit.concepts.national import mapped
from tests.unit.concepts.small_models import concept, write

LIBRARY = Path(__file__).parents[2] / "golden" / "documents"
SVG = "{http://www.w3.org/2000/svg}"
VOID = {"meta", "rect", "path"}


@cache
def files() -> dict[str, str]:
    return documents(*mapped(), {})


@cache
def library() -> dict[str, str]:
    model = load_model(LIBRARY / "model")
    return documents(model, load_sources(LIBRARY / "sources", model), {})


class Seen(HTMLParser):
    """What a page holds: its tags, its anchors, its links, and whether every tag is closed in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def values(self, attribute: str) -> list[str]:
        return [str(told[attribute]) for _, told in self.tags if attribute in told]


@cache
def anchors(path: str) -> frozenset[str]:
    return frozenset(Seen(files()[path]).values("id"))


PAGES = [f"{language}/{name}.html" for language in ("fi", "sv", "en") for name in ("dictionary", "glossary")]
PICTURES = sorted(path for path in files() if path.endswith(".svg"))


# Pages


@pytest.mark.parametrize("path", [*PAGES, "index.html"])
def test_a_page_is_whole_tells_its_language_and_fetches_nothing(path: str) -> None:
    page = Seen(files()[path])
    assert page.open == []
    assert dict(page.tags)["html"]["lang"] == (path.split("/")[0] if "/" in path else "en")
    assert {"script", "link", "img", "iframe"}.isdisjoint({tag for tag, _ in page.tags})
    assert not re.search(r"url\(|@import|src=", files()[path])


@pytest.mark.parametrize("path", PAGES)
def test_a_page_can_be_read_aloud_and_by_keyboard(path: str) -> None:
    page = Seen(files()[path])
    first_link = next(told for tag, told in page.tags if tag == "a")
    assert first_link == {"class": "skip", "href": "#main-content"}
    assert all(told.get("scope") in ("col", "row") for tag, told in page.tags if tag == "th")
    tables = [tag for tag, _ in page.tags if tag in ("table", "caption")]
    assert tables.count("table") == tables.count("caption") > 0
    assert len(page.values("id")) == len(set(page.values("id")))


@pytest.mark.parametrize("path", [*PAGES, "index.html"])
def test_every_link_leads_somewhere(path: str) -> None:
    folder = path.rpartition("/")[0]
    for link in Seen(files()[path]).values("href"):
        page, _, anchor = link.partition("#")
        target = f"{folder}/{page}".lstrip("/") if page else path
        target = re.sub(r"\w+/\.\./", "", target)
        assert target in files(), link
        assert not anchor or anchor in anchors(target), link


@pytest.mark.parametrize("path", [path for path in files() if path.endswith(".md")])
def test_every_concept_and_attribute_stands_on_every_page(path: str) -> None:
    for told in mapped()[0].concepts.values():
        assert f"`{told.concept}`" in files()[path]
        for name in told.attributes:
            assert f"`{name}`" in files()[path] or f"`{told.concept}.{name}`" in files()[path]


def test_a_row_of_markdown_has_as_many_cells_as_its_head() -> None:
    for path, text in files().items():
        for table in re.findall(r"(?:^\|.*\|\n)+", text, re.MULTILINE) if path.endswith(".md") else ():
            assert len({len(re.findall(r"(?<!\\)\|", line)) for line in table.splitlines()}) == 1


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_the_last_letters_of_the_alphabet_are_the_last(language: str) -> None:
    words = ["öljy", "Äiti", "zeta", "åbo", "aika", "étude", "Euro"]
    told = sorted(words, key=lambda word: alphabetical(word, language))  # type: ignore[arg-type]
    assert told == ["aika", "étude", "Euro", "zeta", "åbo", "Äiti", "öljy"]


def test_a_text_of_the_model_is_never_read_as_html_or_markdown() -> None:
    told = json.loads(
        json.dumps(load_model(LIBRARY / "model")["book"].model_dump(mode="json")).replace(
            "book number", "<script>alert(1)</script>|`x` & *y* ]]>"
        )
    )
    queries = {"popularity.sql": "select 1"}
    made = documents(ConceptModel(concepts={"book": Concept.model_validate(told)}, queries=queries), (), {})
    assert "&lt;script&gt;alert(1)&lt;/script&gt;|`x` &amp; *y* ]]&gt;" in made["en/dictionary.html"]
    assert "&lt;script&gt;alert(1)&lt;/script&gt;\\|\\`x\\` & \\*y\\* \\]\\]&gt;" in made["en/dictionary.md"]
    for path, text in made.items():
        assert "<script" not in text
        if path.endswith(".svg"):
            ElementTree.fromstring(text)


def test_a_bridge_tells_where_a_way_goes_on_and_where_another_one_begins(tmp_path: Path) -> None:
    links = "  loan: {participants: [reader]}\n  part_of: {participants: [{role: whole, concept: book}]}"
    bridges = "bridges: {ways: {path: [loan, reader.school, part_of], effective: false}}"
    places = {"book": concept("book", links=links, more=bridges), "school": concept("school")}
    places["reader"] = concept("reader", links="  school: {participants: [{role: place, concept: school}]}")

    pages = documents(load_model(write(tmp_path, places)), (), {})

    assert "ways: loan → reader.school + part_of" in pages["en/dictionary.html"]


def test_an_owner_that_has_no_words_in_the_language_of_the_page_is_read_aloud_as_english() -> None:
    page = Seen(library()["fi/dictionary.html"])
    assert '<h2 id="area-lending"><span lang="en">Lending</span></h2>' in library()["fi/dictionary.html"]
    assert '<dt><span lang="en">lending</span></dt>' in library()["fi/dictionary.html"]
    assert {told["lang"] for tag, told in page.tags if tag == "div" and told.get("aria-label") == "lending"} == {"en"}
    assert '<title id="lending-title" xml:lang="en">' in library()["fi/diagrams/lending.svg"]
    assert '<span lang="en">' not in library()["en/dictionary.html"]


def test_an_owner_of_the_national_model_is_told_in_the_language_of_the_page() -> None:
    assert '<h2 id="area-finance">Ekonomi</h2>' in files()["sv/dictionary.html"]


# Pictures


def test_owners_with_like_names_have_a_picture_each() -> None:
    book = load_model(LIBRARY / "model")["book"]
    owned = {f"of_{number}": book.model_copy(update={"owner": o}) for number, o in enumerate(("x", "x!", "x 2"))}
    told = {area.owner: area.slug for area in areas_of(ConceptModel(concepts=owned))}
    assert told == {"x": "x", "x 2": "x-2", "x!": "x-3"}


def test_an_owner_told_at_length_has_a_picture_that_a_disk_takes() -> None:
    book = load_model(LIBRARY / "model")["book"]
    owned = {str(n): book.model_copy(update={"owner": "the keeper " * 40 + str(n)}) for n in range(2)}
    slugs = [area.slug for area in areas_of(ConceptModel.model_construct(concepts=owned))]
    assert slugs[1] == f"{slugs[0]}-2" and len(slugs[1]) < 70


@pytest.mark.parametrize("path", PICTURES)
def test_a_picture_has_a_title_and_says_in_words_what_it_shows(path: str) -> None:
    svg = ElementTree.fromstring(files()[path])
    labels = [element.get("id") for element in svg if element.tag in (f"{SVG}title", f"{SVG}desc")]
    assert svg.get("aria-labelledby") == " ".join(map(str, labels))
    assert "→" in str(svg.findtext(f"{SVG}desc"))


@pytest.mark.parametrize("path", PICTURES)
def test_a_picture_is_readable_as_it_is(path: str) -> None:
    svg = ElementTree.fromstring(files()[path])
    width, height = int(str(svg.get("width"))), int(str(svg.get("height")))
    assert width <= 1400
    for text in svg.iter(f"{SVG}text"):
        size = float(str(text.get("font-size")))
        letter = 0.6 if text.get("font-family") else 0.56  # width of DejaVu Sans Mono, and of DejaVu Sans on average
        assert size >= 12
        assert int(str(text.get("x"))) + len(str(text.text)) * size * letter <= width
        assert int(str(text.get("y"))) <= height


@pytest.mark.parametrize("path", PICTURES)
def test_no_box_lies_on_another(path: str) -> None:
    shapes = list(ElementTree.fromstring(files()[path]).iter(f"{SVG}rect"))[1:]
    sides = [[int(str(shape.get(side))) for side in ("x", "y", "width", "height")] for shape in shapes]
    for (ax, ay, aw, ah), (bx, by, bw, bh) in combinations(sides, 2):
        assert ax + aw <= bx or bx + bw <= ax or ay + ah <= by or by + bh <= ay


def line(owner: str, target: str) -> Reference:
    return Reference(owner, "of", target, target, True)


def test_a_long_line_passes_beside_the_box_between() -> None:
    lines = (line("a", "b"), line("b", "c"), line("a", "c"))
    plan = lay_out(dict.fromkeys("abc", Size(100, 50)), lines, 40)
    box, lane = plan.places["b"], plan.places[(2, 1)]
    assert [plan.places[name].x for name in "abc"] == [0, 140, 280]
    assert lane.x == box.x
    assert lane.y >= box.y + box.height or lane.y + lane.height <= box.y


def test_lines_that_need_not_cross_do_not() -> None:
    # By name the right column would be p, q, r and every line would cross another.
    lines = (line("a", "r"), line("b", "q"), line("c", "p"))
    plan = lay_out(dict.fromkeys("abcpqr", Size(100, 50)), lines, 40)
    left = sorted("abc", key=lambda name: plan.places[name].y)
    assert sorted("pqr", key=lambda name: plan.places[name].y) == [{"a": "r", "b": "q", "c": "p"}[n] for n in left]


def test_a_reference_that_closes_a_circle_is_no_line() -> None:
    lines = (line("a", "b"), line("b", "c"), line("c", "a"), line("a", "a"))
    assert forward(("a", "b", "c"), lines) == lines[:2]
