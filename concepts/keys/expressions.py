"""Recipe 1 as lazy Polars expressions; keys come as UUID text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import md5

import polars as pl

RECIPE = 1
UNKNOWN = "00000000-0000-0000-0000-000000000000"
NOT_APPLICABLE = "ffffffff-ffff-ffff-ffff-ffffffffffff"


def kept_text(column: str, canonical: Sequence[str] = ()) -> pl.Expr:
    """Text as the vault keeps it: in normal form C, and as the concept's ``canonical`` says."""
    text = pl.col(column).str.normalize("NFC")
    if "trim" in canonical:
        text = text.str.strip_chars(" ")
    if "upper" in canonical:  # ß first: engines disagree on its capital
        text = text.str.replace_all("ß", "ss", literal=True).str.to_uppercase()
    if "lower" in canonical:
        text = text.str.to_lowercase()
    return text.replace({"": None}) if "empty_is_null" in canonical else text


def canonical_text(column: str, type_: str = "string", canonical: Sequence[str] = ()) -> pl.Expr:
    """A column's canonical text, which tells where it ends; NULL for NULL. The type is the metamodel's, or `key`."""
    if type_ in ("string", "code"):
        text = kept_text(column, canonical)
        return pl.concat_str(text.str.len_chars().cast(pl.String), pl.lit(":"), text)
    value = pl.col(column)
    told = {
        "integer": value.cast(pl.Int64).cast(pl.String),
        "decimal": value.round(2, mode="half_away_from_zero").cast(pl.Decimal(18, 2)).cast(pl.String),
        "date": value.cast(pl.Date).dt.to_string("%Y-%m-%d"),
        "datetime": value.cast(pl.Datetime("us")).dt.to_string("%Y-%m-%dT%H:%M:%S.%6f"),
        "boolean": value.cast(pl.Boolean).cast(pl.String),
        "key": value,
    }
    return told[type_] + ";"


def hash_key(texts: Sequence[pl.Expr], scope: str | None = None, when: str | None = None) -> pl.Expr:
    """The key over canonical texts: unknown if all are NULL, not applicable where the column ``when`` is."""
    key = pl.when(pl.all_horizontal(text.is_null() for text in texts)).then(pl.lit(UNKNOWN))
    return _unless_told(key.otherwise(_hashed(text_list(texts, scope))), when, NOT_APPLICABLE)


def member(texts: Sequence[pl.Expr], scope: str | None = None, when: str | None = None) -> pl.Expr:
    """The text of one member of a relation, for ``link_key``."""
    return _unless_told(pl.concat_str(pl.lit("["), text_list(texts, scope), pl.lit("]")), when, "!")


def link_key(members: Sequence[pl.Expr]) -> pl.Expr:
    """The key of a relation, its owner first."""
    return _hashed(pl.concat_str(members))


def hash_difference(attributes: Mapping[str, pl.Expr]) -> pl.Expr:
    """The hash difference over canonical texts by name; NULL leaves no trace."""
    return _hashed(pl.concat_str([f"{name}=" + text for name, text in attributes.items()], ignore_nulls=True))


def hash_set(column: str) -> pl.Expr:
    """One key for a group's keys, whatever order they come in."""
    return _hashed(pl.col(column).sort().str.join(""))


def _unless_told(key: pl.Expr, when: str | None, otherwise: str) -> pl.Expr:
    return key if when is None else pl.when(pl.col(when).is_null()).then(pl.lit(otherwise)).otherwise(key)


def text_list(texts: Sequence[pl.Expr], scope: str | None = None) -> pl.Expr:
    """The texts of one key in a row, ``~`` for NULL, after the source that numbers its own if there is a scope."""
    first = [] if scope is None else [pl.lit(f"{len(scope)}:{scope}")]
    return pl.concat_str([*first, *(text.fill_null("~") for text in texts)])


def _hashed(text: pl.Expr) -> pl.Expr:
    return text.map_batches(_keys, return_dtype=pl.String)


def _keys(texts: pl.Series) -> pl.Series:
    """MD5 as UUID text. Neither Polars nor its hash plugin has MD5, so the standard library's takes text by text; to
    look for equal texts first costs as much as it saves."""
    made = [md5(text, usedforsecurity=False).hexdigest() for text in texts.cast(pl.Binary)]
    digests = pl.lit(pl.Series(texts.name, made, pl.String))
    groups = [digests.str.slice(start, length) for start, length in ((0, 8), (8, 4), (12, 4), (16, 4), (20, 12))]
    return pl.select(pl.concat_str(groups, separator="-")).to_series()
