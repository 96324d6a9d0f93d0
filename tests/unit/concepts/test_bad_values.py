"""What a key cannot hold is refused in one short line of plain words, whatever was written."""

from __future__ import annotations

from pathlib import Path

import pytest

from concepts.loading import load_model
from tests.unit.concepts.small_models import BOOK, concept, desk, fault_of, faults_of, write

DAYS = "point_in_time: {satellites: [keeping], calendar: {keep: {day: COUNT}}}\n"


def test_a_value_that_is_no_choice_is_repeated_only_as_far_as_it_helps(tmp_path: Path) -> None:
    fault = fault_of(tmp_path, {"book": BOOK.replace("kind: hub", f"kind: {'long ' * 1000}")})
    assert fault.startswith('book.yml: kind: no such choice "long long') and len(fault) < 200


@pytest.mark.parametrize("told", ["[hub]", "{a: hub}"])
def test_what_is_no_text_is_told_to_be_so_and_not_as_a_programmer_sees_it(tmp_path: Path, told: str) -> None:
    fault = fault_of(tmp_path, {"book": BOOK.replace("kind: hub", f"kind: {told}")})
    assert fault == "book.yml: kind: is not text; use one of 'hub', 'transaction' or 'reference'"


@pytest.mark.parametrize(("key", "shown"), [('"a\\nb"', "a b"), ("''", '""'), ("x" * 500, "x" * 60 + "...")])
def test_a_key_that_there_is_not_is_shown_in_one_line(tmp_path: Path, key: str, shown: str) -> None:
    assert fault_of(tmp_path, {"book": f"{BOOK}? {key}\n: 1\n"}) == (
        f"book.yml: {shown}: no such key; take it out or mend its spelling"
    )


def test_a_name_that_is_none_is_shown_where_it_stands(tmp_path: Path) -> None:
    fault = fault_of(tmp_path, {"book": concept("book", key="päivä: string")})
    assert fault.startswith("book.yml: key.päivä: not a name; use lower-case letters")


@pytest.mark.parametrize("count", ["0", "-1", "010", "1_000", "1.0", "' 5'", "99999999999999999999", "12:30", "[5]"])
def test_a_number_of_days_is_written_in_plain_digits(tmp_path: Path, count: str) -> None:
    assert fault_of(tmp_path, {"book": BOOK + DAYS.replace("COUNT", count)}) == (
        "book.yml: point_in_time.calendar.keep.day: is no number from 1 to 9999; write digits, the first of them not 0"
    )


def test_the_longest_calendar_is_read(tmp_path: Path) -> None:
    told = load_model(write(tmp_path, {"book": BOOK + DAYS.replace("COUNT", "9999")}))["book"].point_in_time
    assert told and told.calendar.keep == {"day": 9999}


def test_what_is_listed_stands_once(tmp_path: Path) -> None:
    mapping = desk(columns="nr: {}, gone: {}", more="")["desk"].replace("key: [nr]", "key: [nr, nr]")
    mapping = mapping.replace("semantics: full", "semantics: delta\n    deleted: {column: gone, values: [x, x]}")
    mapping = mapping.replace("    feeds:", "    ignored: [z, z]\n    control_sums: [nr, nr]\n    feeds:")
    book = BOOK + "dimensions: [SAA, SAA]\npoint_in_time: {satellites: [keeping, keeping]}\n"
    assert faults_of(tmp_path, {"book": book}, {"desk": mapping}) == [
        f"{place}; keep one"
        for place in (
            "book.yml: dimensions: SAA stands twice",
            "book.yml: point_in_time.satellites: keeping stands twice",
            "desk.yml: tables.book.key: nr stands twice",
            "desk.yml: tables.book.control_sums: nr stands twice",
            "desk.yml: tables.book.deleted.values: x stands twice",
            "desk.yml: tables.book.ignored: z stands twice",
        )
    ]


def test_what_is_summed_is_a_number_and_what_decides_about_codes_is_a_day(tmp_path: Path) -> None:
    columns = "nr: {code_valid_at: text}, text: {}, lost: {}, w: {}, day: {type: date, code_valid_at: day}"
    feeds = "book: {key: {book_number: nr}, attributes: {weight: w, colour: lost}}"
    mapping = desk(columns, feeds)["desk"].replace("    feeds:", "    control_sums: [w, text, day, lost]\n    feeds:")
    number = "name a column of type decimal or integer"
    assert faults_of(tmp_path, {"book": BOOK}, {"desk": mapping}) == [
        "desk.yml: tables.book.feeds.book.attributes: book has no attribute colour; mend or add it",
        f"desk.yml: tables.book.control_sums: text is a string, which cannot be summed; {number}",
        f"desk.yml: tables.book.control_sums: day is a date, which cannot be summed; {number}",
        "desk.yml: tables.book.columns.nr.code_valid_at: text is a string, which cannot tell a day; "
        "name a column of type date or datetime",
    ]


@pytest.mark.parametrize("again", ["ÄITI ", "A\u0308ITI"])
def test_headers_that_a_delivery_cannot_tell_apart_are_one_column_told_twice(tmp_path: Path, again: str) -> None:
    fault = fault_of(tmp_path, {"book": BOOK}, desk(columns=f"nr: {{}}, ÄITI: {{name: a}}, '{again}': {{name: b}}"))
    assert fault == "desk.yml: tables.book.columns: ÄITI stands twice; keep one"
