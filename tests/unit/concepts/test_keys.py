"""Keys in Polars: the published ones, and no two lists of values with the same text."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from unicodedata import normalize

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from concepts.keys import (
    NOT_APPLICABLE,
    UNKNOWN,
    canonical_text,
    hash_difference,
    hash_key,
    hash_set,
    link_key,
    member,
)
from concepts.keys.expressions import text_list
from tests.spec.key_cases import Part, Vector
from tests.spec.key_vectors import READ, delivered, published

TYPES: dict[str, Any] = {
    "integer": pl.Int64,
    "decimal": pl.Decimal(18, 2),
    "date": pl.Date,
    "datetime": pl.Datetime("us"),
    "boolean": pl.Boolean,
}
VECTORS = published()
HOSTILE = st.text("01:;~!=[]a|\u0308ä", max_size=5)
VALUES = st.one_of(
    st.none(),
    HOSTILE,
    st.integers(-12, 12),
    st.decimals(-2, 2, places=2),
    st.dates(date(1999, 12, 30), date(2000, 1, 2)),
    st.datetimes(datetime(2000, 1, 1), datetime(2000, 1, 2)),
    st.booleans(),
)


def column(part: Part) -> pl.Series:
    text, type_ = delivered(part), part["type"]
    value = READ[type_](text) if text is not None and type_ in TYPES else text
    return pl.Series([value], dtype=TYPES.get(type_, pl.String))


@pytest.mark.parametrize("vector", VECTORS, ids=[v["name"] for v in VECTORS])
def test_polars_makes_the_published_key(vector: Vector) -> None:
    assert made(vector) == vector["key"]


def made(vector: Vector) -> str:
    if vector["kind"] == "hash_set":
        return pl.DataFrame({"k": vector["keys"]}).lazy().select(hash_set("k")).collect().item()
    if vector["kind"] == "hash_difference":
        attributes = vector["attributes"]
        row = pl.DataFrame([column(part).alias(name) for name, part in attributes.items()])
        key = hash_difference({name: canonical_text(name, part["type"]) for name, part in attributes.items()})
        return row.lazy().select(key).collect().item()
    columns, members = [], []
    for i, group in enumerate(vector.get("members", [vector])):
        names = [f"c{i}_{j}" for j in range(len(group["parts"]))]
        columns += [column(part).alias(name) for name, part in zip(names, group["parts"], strict=True)]
        columns.append(pl.Series(f"w{i}", ["told" if group.get("told", True) else None], dtype=pl.String))
        told = [
            canonical_text(n, p["type"], p.get("canonical", ())) for n, p in zip(names, group["parts"], strict=True)
        ]
        members.append((told, group.get("scope"), f"w{i}" if "told" in group else None))
    key = link_key([member(*m) for m in members]) if vector["kind"] == "hash_link" else hash_key(*members[0])
    return pl.DataFrame(columns).lazy().select(key).collect().item()


def texts(rows: list[tuple[Any, ...]], types: list[str]) -> list[str]:
    frame = pl.DataFrame(
        [
            pl.Series(f"c{i}", [row[i] for row in rows], dtype=TYPES.get(type_, pl.String))
            for i, type_ in enumerate(types)
        ]
    )
    listed = text_list([canonical_text(f"c{i}", type_) for i, type_ in enumerate(types)])
    return frame.lazy().select(listed).collect().to_series().to_list()


@given(st.tuples(HOSTILE, HOSTILE), st.tuples(HOSTILE, HOSTILE))
def test_no_delimiter_moves_text_from_one_part_to_the_next(one: tuple[str, str], other: tuple[str, str]) -> None:
    same = [[normalize("NFC", text) for text in pair] for pair in (one, other)]

    first, second = texts([one, other], ["string", "string"])

    assert (first == second) is (same[0] == same[1])


@given(st.lists(VALUES, min_size=1, max_size=3), st.lists(VALUES, min_size=1, max_size=3))
def test_lists_of_any_types_and_lengths_have_texts_of_their_own(one: list[Any], other: list[Any]) -> None:
    def plain(values: list[Any]) -> list[tuple[str, Any]]:
        return [(type_of(v), normalize("NFC", v) if isinstance(v, str) else v) for v in values]

    def told(values: list[Any]) -> str:
        return texts([tuple(values)], [type_of(v) for v in values])[0]

    assert (told(one) == told(other)) is (plain(one) == plain(other))


def type_of(value: Any) -> str:
    """The type of a column with the value in it; NULL is NULL in all of them."""
    names = {int: "integer", Decimal: "decimal", date: "date", datetime: "datetime", bool: "boolean"}
    return names.get(type(value), "string")


@given(st.dictionaries(st.sampled_from("abc"), st.one_of(st.none(), HOSTILE), min_size=1))
def test_an_attribute_that_is_new_and_null_changes_no_version(told: dict[str, str | None]) -> None:
    row = pl.DataFrame({name: pl.Series([value], dtype=pl.String) for name, value in {**told, "new": None}.items()})
    before = hash_difference({name: canonical_text(name) for name in told})
    after = hash_difference({name: canonical_text(name) for name in [*told, "new"]})

    assert row.select(before.alias("b")).item() == row.select(after.alias("a")).item()


def test_many_rows_keep_their_order_and_nulls_get_the_ghosts() -> None:
    told = pl.LazyFrame({"a": ["1001", None, "1001", ""], "w": ["x", "x", None, "x"]})

    keys = told.select(hash_key([canonical_text("a")], when="w")).collect().to_series().to_list()

    by_text = {v["text"]: v["key"] for v in VECTORS}
    assert keys == [by_text["4:1001"], UNKNOWN, NOT_APPLICABLE, by_text["0:"]]


def test_a_set_of_keys_has_one_key_for_each_group() -> None:
    told = pl.LazyFrame({"g": [1, 2, 1, 2], "k": ["a", "b", "b", "a"]})

    sets = told.group_by("g", maintain_order=True).agg(hash_set("k")).collect()["k"].to_list()

    assert sets[0] == sets[1]
