"""Models and mappings as small texts, and what their refusal says."""

from __future__ import annotations

from pathlib import Path

import pytest

from concepts.errors import ModelError
from concepts.loading import load_model
from concepts.overlay import load

TERM = "{en: a, fi: b, sv: c}"
HEAD = f"term: {TERM}\ndefinition: {TERM}\nsource: the library's rules\nowner: librarian\n"


def concept(name: str, *, kind: str = "hub", key: str = "", aspects: str = "", links: str = "", more: str = "") -> str:
    """A concept file; key as ``name: type``, aspects as ``aspect: [name: type, ...]``, links and more as YAML."""
    text = f"concept: {name}\nkind: {kind}\n{HEAD}key:\n{_attributes(key or f'{name}_number: string', '  ')}"
    if aspects:
        text += "satellites:\n"
        for told in aspects.split("; "):
            aspect, _, rest = told.partition("=")
            text += f"  {aspect}:\n    attributes:\n{_attributes(rest, '      ')}"
    return text + (f"links:\n{links}\n" if links else "") + (f"{more}\n" if more else "")


def _attributes(told: str, indent: str) -> str:
    pairs = (part.split(": ") for part in told.split(", "))
    return "".join(f"{indent}{name}: {{type: {type_}, term: {TERM}}}\n" for name, type_ in pairs)


def write(folder: Path, files: dict[str, str]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.yml").write_text(text, encoding="utf-8")
    return folder


def faults_of(folder: Path, model: dict[str, str], sources: dict[str, str] | None = None) -> list[str]:
    """The lines of the refusal."""
    with pytest.raises(ModelError) as refusal:
        if sources is None:
            load_model(write(folder / "model", model))
        else:
            load(write(folder / "model", model), write(folder / "sources", sources))
    return str(refusal.value).splitlines()


def fault_of(folder: Path, model: dict[str, str], sources: dict[str, str] | None = None) -> str:
    """The only line of the refusal."""
    (fault,) = faults_of(folder, model, sources)
    return fault


BOOK = concept("book", aspects="keeping=weight: decimal, bought_on: date")


def desk(columns: str = "nr: {}", feeds: str = "book: {key: {book_number: nr}}", more: str = "") -> dict[str, str]:
    """A source with one table."""
    table = f"  book:\n    files: b_*.csv\n    semantics: full\n    key: [nr]\n    columns: {{{columns}}}\n    feeds:\n"
    return {"desk": f"source: desk\nterm: {TERM}\nowner: librarian\ntables:\n{table}      {feeds}\n{more}"}
