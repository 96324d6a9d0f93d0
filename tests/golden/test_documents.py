"""The documents of a lending library, byte for byte; `python tests/golden/test_documents.py --update` renews them."""

from __future__ import annotations

import sys
from pathlib import Path

from concepts.documents import documents
from concepts.generator.drift import drift, write
from concepts.loading import load_model, load_sources

HERE = Path(__file__).parent / "documents"
CARDS = {
    "TUO-99": {
        "names": {"fi": "Lainoja kirjaa kohti", "sv": "Lån per bok", "en": "Loans per book"},
        "definition": {"fi": "Lainat / kirjat.", "sv": "Lån / böcker.", "en": "Loans / books."},
        "concepts": ["loan", "book"],
    }
}


def made() -> dict[str, str]:
    model = load_model(HERE / "model")
    return documents(model, load_sources(HERE / "sources", model), CARDS)


def test_the_documents_of_the_library_are_those_that_a_person_has_read() -> None:
    assert drift(made(), HERE / "expected") == [], (
        "run python tests/golden/test_documents.py --update and read the diff"
    )


if __name__ == "__main__" and "--update" in sys.argv:
    write(made(), HERE / "expected")
