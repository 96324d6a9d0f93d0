"""The vault's keys in Polars, as the generated SQL gives them: KEYS.md is the page, vectors.json the proof."""

from concepts.keys.expressions import (
    NOT_APPLICABLE,
    RECIPE,
    UNKNOWN,
    canonical_text,
    hash_difference,
    hash_key,
    hash_set,
    kept_text,
    link_key,
    member,
)

__all__ = [
    "NOT_APPLICABLE",
    "RECIPE",
    "UNKNOWN",
    "canonical_text",
    "hash_difference",
    "hash_key",
    "hash_set",
    "kept_text",
    "link_key",
    "member",
]
