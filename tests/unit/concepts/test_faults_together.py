"""A fault hides no fault of another file, and what only follows from a fault is not told."""

from __future__ import annotations

from pathlib import Path

import pytest

from concepts.errors import ModelError
from concepts.overlay import load
from orchestration.modelling import adopt
from tests.unit.concepts.small_models import BOOK, TERM, concept, desk, faults_of, write

READER, NO_YAML = concept("reader"), "concept: 'broken\n"
LOAN = concept("shelf", links="  loan: {participants: [reader]}\n  lost: {participants: [nobody]}")
LOST = "shelf.yml: links.lost: no concept nobody; add nobody.yml or mend the name"
COVER = f"{{cover: {{attributes: {{colour: {{type: string, term: {TERM}}}}}}}}}"
ADDED = f"extends: book\nsource: a\nowner: b\nsatellites: {COVER}\n"
COLOURED = desk(columns="nr: {}, c: {}", feeds="book: {key: {book_number: nr}, attributes: {colour: c}}")
TILL = desk(feeds="shelf: {key: {shelf: nr}}")["desk"].replace("source: desk", "source: till")
WRONG_KEY = "till.yml: tables.book.feeds.shelf.key: give exactly the key of shelf: shelf_number"


def told_of(folder: Path, model: dict[str, str], sources: dict[str, str], county: dict[str, str]) -> list[str]:
    """The lines of the refusal of a model with a county's additions."""
    with pytest.raises(ModelError) as refusal:
        load(*(write(folder / n, files) for n, files in {"model": model, "sources": sources, "county": county}.items()))
    return str(refusal.value).splitlines()


def test_every_kind_of_fault_is_told_at_once(tmp_path: Path) -> None:
    model = {
        "author": NO_YAML,
        "book": concept("book", aspects="keeping=weight: kilo"),
        "reader": READER,
        "shelf": LOAN,
    }
    told = faults_of(
        tmp_path, model, {"cash": NO_YAML, "desk": desk(columns="nr: {colour: red}")["desk"], "till": TILL}
    )
    assert [fault.split(": ")[0] for fault in told] == [
        "author.yml", "book.yml", "shelf.yml", "cash.yml", "desk.yml", "till.yml"
    ]  # fmt: skip
    assert (told[2], told[5]) == (LOST, WRONG_KEY)


@pytest.mark.parametrize("broken", [NO_YAML, concept("reader", key="select: kilo"), READER.replace("owner", "boss")])
def test_who_names_what_could_not_be_read_is_not_blamed(tmp_path: Path, broken: str) -> None:
    days, way = "{calendar: {days_of: reader}, path: [loan, reader.home]}", "{path: [loan, reader.home]}"
    shelf = LOAN + f"bridges:\n  on_days: {days}\n  on_all: {way}\n"
    sources = desk(feeds="reader: {key: {card: nr}, attributes: {born: nr}}\n      shelf: {key: {shelf_number: nr}}")
    told = faults_of(tmp_path, {"reader": broken, "shelf": shelf}, sources)
    assert {fault.split(": ")[0] for fault in told} == {"reader.yml", "shelf.yml"}
    assert [fault for fault in told if fault.startswith("shelf")] == [LOST]


@pytest.mark.parametrize("file", ["reader.yaml", "raeder.yml"])
def test_a_concept_in_a_file_of_another_name_is_not_missed_under_its_own(tmp_path: Path, file: str) -> None:
    write(tmp_path / "model", {"shelf": LOAN})
    (tmp_path / "model" / file).write_text(READER, encoding="utf-8")
    told = faults_of(tmp_path, {"shelf": LOAN}, desk(feeds="reader: {key: {reader_number: nr}}"))
    assert told[0].startswith(f"{file}: ") and told[1:] == [LOST]


def test_an_unreadable_query_is_told_once_and_hides_nothing(tmp_path: Path) -> None:
    book = BOOK.replace("  keeping:\n", "  keeping:\n    computed: score.sql\n")
    write(tmp_path / "model", {"book": book})
    (tmp_path / "model" / "score.sql").write_bytes(b"select '\xf6'")
    assert faults_of(tmp_path, {"book": book, "shelf": LOAN, "reader": READER}) == [
        "score.sql: byte 9 is not UTF-8; save the file as UTF-8",
        LOST,
    ]


def test_the_warehouse_of_the_sound_mappings_is_judged_beside_an_unreadable_one(tmp_path: Path) -> None:
    flagged = desk(columns="nr: {}, gone: {}", feeds="reader: {key: {reader_number: gone}}")["desk"]
    flagged = flagged.replace("semantics: full", "semantics: delta\n    deleted: {column: gone, values: [x]}")
    told = faults_of(tmp_path, {"reader": READER}, {"cash": NO_YAML, "desk": flagged})
    assert [fault.split(": ")[:2] for fault in told] == [["cash.yml", "line 2"], ["desk.yml", "tables.book.deleted"]]


def test_additions_that_cannot_be_read_are_not_missed_in_mappings(tmp_path: Path) -> None:
    model = {"book": BOOK, "shelf": concept("shelf")}
    told = told_of(tmp_path, model, COLOURED | {"till": TILL}, {"book": ADDED + "colour: red\n"})
    assert told == ["county/book.yml: colour: no such key; take it out or mend its spelling", WRONG_KEY]


def test_additions_to_what_could_not_be_read_are_not_blamed(tmp_path: Path) -> None:
    (fault,) = told_of(tmp_path, {"book": NO_YAML}, COLOURED, {"book": ADDED})
    assert fault.startswith("book.yml: line 2: not YAML")


def test_a_contradiction_of_a_county_hides_no_fault_elsewhere(tmp_path: Path) -> None:
    model = {"book": BOOK, "reader": READER, "shelf": LOAN}
    told = told_of(tmp_path, model, COLOURED | {"till": TILL}, {"book": ADDED.replace("colour", "weight")})
    assert told == [
        LOST,
        "county/book.yml: satellites.cover.weight: model/book.yml declares it (satellites.keeping.weight); "
        "take it out or rename it",
        WRONG_KEY,
    ]


def test_a_county_adds_no_relations_to_a_reference(tmp_path: Path) -> None:
    links = "extends: book\nsource: a\nowner: b\nlinks: {loan: {participants: [reader]}}\n"
    (fault,) = told_of(tmp_path, {"book": concept("book", kind="reference"), "reader": READER}, desk(), {"book": links})
    assert fault == "county/book.yml: links: model/book.yml is a reference, which has no links; take them out"


def test_a_folder_that_is_not_there_is_told_beside_the_faults_of_the_others(tmp_path: Path) -> None:
    model, sources = write(tmp_path / "model", {"book": BOOK, "shelf": LOAN, "reader": READER}), tmp_path / "sources"
    write(sources, COLOURED | {"cash": NO_YAML})
    with pytest.raises(ModelError) as refusal:
        load(model, sources, tmp_path / "nowhere")
    assert [line.partition("; ")[0] for line in str(refusal.value).splitlines()] == [
        LOST.partition("; ")[0],
        f"{tmp_path / 'nowhere'}: no such folder",
        "cash.yml: line 2: not YAML: found unexpected end of stream",
    ]


def test_a_code_set_that_there_is_not_is_told_with_the_other_faults(tmp_path: Path) -> None:
    book = BOOK.replace("weight: {type: decimal,", "weight: {type: code, codes: weight,")
    model = write(tmp_path / "model", {"book": book, "shelf": LOAN, "reader": READER})
    with pytest.raises(ModelError) as refusal:
        load(model, write(tmp_path / "sources", {"till": TILL}), codes=tmp_path)
    missing = f"book.yml: weight.codes: no ref_weight.csv in {tmp_path.name}; add it or mend the name"
    assert str(refusal.value).splitlines() == [LOST, missing, WRONG_KEY]


def test_faults_of_a_proposal_and_of_the_nation_are_told_together(tmp_path: Path) -> None:
    national = write(tmp_path / "national", {"shelf": LOAN, "reader": READER})
    with pytest.raises(ModelError) as refusal:
        adopt(write(tmp_path, {"proposal": "extensions: {}\n"}) / "proposal.yml", national)
    assert str(refusal.value).splitlines() == ["proposal.yml: county: is missing; write it", LOST]
