"""The published keys: reckoned rightly, and what DuckDB makes of the same values. Spark's are in the Spark suite."""

from __future__ import annotations

from collections import Counter

import duckdb
import pytest

from tests.spec.key_cases import Vector
from tests.spec.key_engines import statement
from tests.spec.key_vectors import FILE, published, written

VECTORS = published()


@pytest.mark.parametrize("vector", VECTORS, ids=[v["name"] for v in VECTORS])
def test_duckdb_makes_the_published_key(vector: Vector) -> None:
    sql, values = statement(vector)

    assert duckdb.execute(sql, values).fetchone() == (vector["key"],)


def test_the_file_is_what_plain_python_reckons() -> None:
    assert FILE.read_text(encoding="utf-8") == written(), "python -m tests.spec.key_vectors writes it anew"


def test_the_file_tells_decomposed_text_from_composed_in_ascii() -> None:
    assert FILE.read_bytes().isascii()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("two parts: 'A||B', 'C'", "4:A||B1:C"),
        ("two parts: 'A', 'B||C'", "1:A4:B||C"),
        ("two parts: 'a', NULL", "1:a~"),
        ("two parts: 'a', '~'", "1:a1:~"),
        ("text: empty", "0:"),
        ("text: ä decomposed", "1:ä"),
        ("text: emoji joined to a family", "5:👩\u200d👩\u200d👧"),
        ("integer: minus nought is nought", "0;"),
        ("decimal: 1", "1.00;"),
        ("decimal: minus nought", "0.00;"),
        ("date: first", "0001-01-01;"),
        ("datetime: midnight", "2025-01-01T00:00:00.000000;"),
        ("boolean: true", "true;"),
        ("shelf A, place 11", "1:A11;"),
        ("in the scope of a source", "4:desk4:1001"),
        ("member not told", "[4:1001]!"),
        ("member told as NULL", "[4:1001][~]"),
        ("NULL leaves no trace", "town=4:Oulu"),
        ("nothing told", ""),
        ("all of them", "3:ABC"),
    ],
)
def test_canonical_text_written_out_by_hand(name: str, text: str) -> None:
    assert [v["text"] for v in VECTORS if v["name"] == name] == [text]


def test_md5_of_the_empty_text_is_that_of_rfc_1321() -> None:
    assert [v["key"] for v in VECTORS if v["name"] == "nothing told"] == ["d41d8cd9-8f00-b204-e980-0998ecf8427e"]


def test_only_values_that_are_the_same_share_a_key() -> None:
    """Composed and decomposed, 1 and 1.00, 0 and -0; every name is there once."""
    names, keys = Counter(v["name"] for v in VECTORS), {}
    for vector in VECTORS:
        keys.setdefault(vector["key"], set()).add(vector["text"])

    assert set(names.values()) == {1}
    assert all(len(texts) == 1 for texts in keys.values())
