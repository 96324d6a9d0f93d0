"""Documents say all that the model says, for every reader, and what the pictures and the lineage show is true."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import cache
from html.parser import HTMLParser
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import pytest

from concepts.column_lineage import column_lineage
from concepts.documents import documents
from concepts.documents.areas import Reference
from concepts.documents.glossary import alphabetical
from concepts.documents.layout import Size, forward, lay_out
from concepts.generator import render
from concepts.generator.design import design
from concepts.generator.models import every_model
from concepts.generator.views import every_view
from concepts.loading import load_model, load_sources
from concepts.metamodel import Concept, ConceptModel
from concepts.sources import SourceMapping
from tests.unit.concepts import language_page

ROOT = Path(__file__).parents[3]
LIBRARY = ROOT / "tests" / "golden" / "documents"
SVG = "{http://www.w3.org/2000/svg}"
VOID = {"meta", "rect", "path"}


Mapped = Callable[[], tuple[ConceptModel, tuple[SourceMapping, ...]]]


@cache
def mapped() -> tuple[ConceptModel, tuple[SourceMapping, ...]]:
    """The national model and the mappings of the project."""
    model = load_model(ROOT / "concepts" / "national")
    return model, load_sources(ROOT / "ingest" / "sources", model)


@cache
def files() -> dict[str, str]:
    return documents(*mapped(), {})


@cache
def library() -> dict[str, dict[str, dict[str, str]]]:
    """Table -> column -> landing column -> what is done with it."""
    model = load_model(LIBRARY / "model")
    made = column_lineage(design(model, load_sources(LIBRARY / "sources", model)))
    return {
        table: {name: {f"{i.dataset}.{i.field}": i.how for i in inputs} for name, inputs in columns.items()}
        for table, columns in made.items()
    }


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
    for concept in mapped()[0].concepts.values():
        assert f"`{concept.concept}`" in files()[path]
        for name in concept.attributes:
            assert f"`{name}`" in files()[path] or f"`{concept.concept}.{name}`" in files()[path]


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


# Pictures


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


# Lineage


def test_a_hash_key_is_made_of_the_key_and_of_what_says_that_the_row_has_one() -> None:
    staging = library()["staging.stg_desk__loan"]
    assert staging["book_hk"] == {"desk__loan.kirja": "hashed"}
    assert staging["loan_lending_hk"] == {
        "desk__loan.laina": "hashed",
        "desk__loan.kirja": "hashed",
        "desk__loan.kortti": "hashed",
    }


def test_a_hub_comes_from_every_delivery_that_names_the_concept() -> None:
    assert library()["raw_vault.hub_reader"]["card_number"] == {
        "desk__loan.kortti": "chosen",
        "desk__home.kortti": "chosen",
        "desk__branch.kortti": "chosen",
        "desk__fine.kortti": "chosen",
    }


def test_an_attribute_that_is_not_delivered_comes_from_nowhere() -> None:
    assert library()["raw_vault.sat_loan_period__desk_loan"]["deposit"] == {}
    assert library()["raw_vault.sat_loan_period__desk_loan"]["lent_on"] == {"desk__loan.pvm": "same"}


def test_the_current_view_shows_attributes_and_relations() -> None:
    current = library()["business_vault.current_loan"]
    assert current["lent_on"] == {"desk__loan.pvm": "chosen"}
    assert current["borrower_hk"] == {"desk__loan.kortti": "hashed"}
    assert "earlier_loan_hk" not in current


def test_a_status_depends_on_the_key_being_there() -> None:
    assert library()["raw_vault.status_loan__desk_loan"]["is_present"] == {"desk__loan.laina": "presence"}


def test_a_flag_tells_of_presence_beside_the_key() -> None:
    assert library()["raw_vault.status_reader__desk_branch"]["is_present"] == {
        "desk__branch.tila": "flagged",
        "desk__branch.kortti": "presence",
    }


def test_the_times_of_a_row_are_those_of_its_delivery() -> None:
    event = library()["raw_vault.nhl_fine__desk_fine"]
    assert event["extract_datetime"] == {"delivery.extract_datetime": "same"}
    assert event["load_datetime"] == {"delivery.load_datetime": "chosen"}


def test_a_relation_has_its_own_key_and_its_own_attributes() -> None:
    assert library()["raw_vault.lnk_loan_earlier"]["renewal"] == {"desk__renewal.kerta": "chosen"}
    assert library()["raw_vault.lnk_loan_earlier"]["loan_earlier_hk"] == {
        "desk__renewal.laina": "hashed",
        "desk__renewal.edellinen": "hashed",
        "desk__renewal.kerta": "hashed",
    }
    assert library()["raw_vault.sat_loan_lending_terms__desk_loan"]["due_on"] == {"desk__loan.erapvm": "same"}


def test_a_bridge_comes_from_the_relations_that_it_goes_along() -> None:
    bridge = library()["business_vault.bridge_loan_towns"]
    assert bridge["branch_hk"] == {"desk__branch.toimipiste": "hashed"}
    assert bridge["snapshot_date"] == {"desk__opening_day.paiva": "chosen"}


def test_a_rule_by_hand_may_come_from_all_columns_that_it_names() -> None:
    assert library()["business_vault.bsat_book_popularity"]["loan_count"] == {"desk__loan.kirja": "computed"}


@pytest.mark.parametrize("of", [mapped, language_page.example], ids=["national", "page"])
def test_every_generated_model_has_a_lineage(of: Mapped) -> None:
    files = (Path(path) for path in render(*of()) if path.startswith("models/") and path.endswith(".sql"))
    assert set(column_lineage(design(*of()))) == {f"{file.parent.name}.{file.stem}" for file in files}


@pytest.mark.parametrize("of", [mapped, language_page.example], ids=["national", "page"])
def test_every_column_that_the_generator_declares_has_a_lineage(of: Mapped) -> None:
    plan = design(*of())
    made = column_lineage(plan)
    for told in (*every_model(plan), *every_view(plan)):
        declared = {*(column.name for column in told.columns), *told.key}
        assert declared <= set(made[f"{told.layer}.{told.name}"]), told.name


def test_the_lineage_has_the_shape_of_openlineage() -> None:
    for dataset in json.loads(files()["lineage.json"])["datasets"]:
        facet = dataset["facets"]["columnLineage"]
        assert set(dataset) == {"namespace", "name", "facets"}
        assert set(facet) == {"_producer", "_schemaURL", "fields"}
        for field in facet["fields"].values():
            for told in field["inputFields"]:
                assert set(told) == {"namespace", "name", "field", "transformations"}
                assert {t["type"] for t in told["transformations"]} <= {"DIRECT", "INDIRECT"}
