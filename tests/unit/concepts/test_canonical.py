"""Spellings of a key that mean the same: made one where the key is staged, and nowhere unless the concept says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from concepts.errors import ModelError
from concepts.generator import render
from concepts.loading import load_model, load_sources

BOOK = """concept: book
term: {en: a, fi: b, sv: c}
definition: {en: a, fi: b, sv: c}
source: the library's rules
owner: librarian
key:
  book_number: {type: TYPE, CANONICAL term: {en: a, fi: b, sv: c}}
satellites:
  title:
    attributes:
      title_text: {type: string, MORE term: {en: a, fi: b, sv: c}}
"""
DESK = """source: desk
term: {en: a, fi: b, sv: c}
owner: librarian
tables:
  book:
    files: b_*.csv
    semantics: full
    key: [nr]
    columns: {nr: {}, title: {}}
    feeds:
      book: {key: {book_number: nr}, attributes: {title_text: TITLE}}
"""


def rendered(
    folder: Path, canonical: str = "", title: str = "title", more: str = "", type_: str = "string"
) -> dict[str, str]:
    for name, text in {"model/book": BOOK, "sources/desk": DESK}.items():
        (folder / name).parent.mkdir(exist_ok=True)
        text = text.replace("CANONICAL", canonical).replace("TITLE", title).replace("MORE", more).replace("TYPE", type_)
        (folder / f"{name}.yml").write_text(text, encoding="utf-8")
    model = load_model(folder / "model")
    return render(model, load_sources(folder / "sources", model), project="library")


def test_a_key_is_kept_as_delivered_unless_the_concept_says_otherwise(tmp_path: Path) -> None:
    staging = rendered(tmp_path)["models/staging/stg_desk__book.sql"]

    assert "{{ kept_text('landed.nr') }} as nr," in staging


def test_the_key_that_is_stored_is_the_key_that_is_hashed(tmp_path: Path) -> None:
    """One column feeds hub and hash alike, so which spelling comes first makes no difference."""
    files = rendered(tmp_path, "canonical: [upper, trim],")
    staging = files["models/staging/stg_desk__book.sql"]

    assert "{{ kept_text('landed.nr', ['trim', 'upper']) }} as nr," in staging
    assert "{{ kept_text('landed.title') }} as title," in staging
    assert "{{ counted('nr') }} as nr__text" in staging
    assert "counted(kept_text('held.nr', ['trim', 'upper']))" in files["models/raw_vault/status_book__desk_book.sql"]


@pytest.mark.parametrize(
    ("said", "refused"),
    [
        ({"canonical": "canonical: [upper, lower],"}, "both upper and lower; choose one"),
        ({"canonical": "canonical: [shout],"}, 'no such choice "shout"'),
        ({"canonical": "canonical: [trim],", "type_": "integer"}, "canonical is for text"),
        ({"more": "canonical: [trim],"}, "canonical is for keys; a satellite keeps what was delivered"),
        ({"canonical": "canonical: [trim],", "title": "nr"}, r"different canonical \(\[\], \[trim\]\); deliver"),
    ],
)
def test_what_cannot_be_canonical_is_refused(tmp_path: Path, said: dict[str, str], refused: str) -> None:
    with pytest.raises(ModelError, match=refused):
        rendered(tmp_path, **said)
