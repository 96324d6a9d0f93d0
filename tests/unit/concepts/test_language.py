"""The page that teaches the YAML language is true: its examples load, and it tells of every key and choice."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from enum import EnumType
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import jsonschema
import pytest

from concepts.generator import render
from concepts.loading import load_model, load_sources
from concepts.metamodel import Concept, Frozen
from concepts.schemas import schemas
from concepts.sources import SourceMapping
from concepts.yaml_text import read_yaml

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "concepts" / "LANGUAGE.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```yaml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def parts(part: Any) -> Iterator[type[Frozen]]:
    """The class and every class of ours inside its fields."""
    if isinstance(part, type) and issubclass(part, Frozen):
        yield part
        for field in part.model_fields.values():
            yield from parts(field.annotation)
    for inner in get_args(part):
        yield from parts(inner)


def choices(annotation: Any) -> Iterator[str]:
    """Every word that a field may be, where the words are numbered."""
    if isinstance(annotation, EnumType):
        yield from (str(choice.value) for choice in annotation)  # type: ignore[attr-defined]
    if get_origin(annotation) is Literal:
        yield from map(str, get_args(annotation))
    for inner in get_args(annotation):
        yield from choices(inner)


EVERY = sorted({*parts(Concept), *parts(SourceMapping)}, key=lambda part: part.__name__)


def test_the_examples_of_the_page_are_one_model_that_generates(tmp_path: Path) -> None:
    for block in BLOCKS:
        kind, name = block.splitlines()[0].split(": ")
        folder = tmp_path / kind
        folder.mkdir(exist_ok=True)
        (folder / f"{name}.yml").write_text(block, encoding="utf-8")
    model = load_model(tmp_path / "concept")
    files = render(model, load_sources(tmp_path / "source", model), project="library", gated=True)
    assert {"models/raw_vault/nhl_fine.sql", "models/raw_vault/lnk_book_loan.sql"} <= set(files)
    assert len(BLOCKS) == 6


@pytest.mark.parametrize("part", EVERY, ids=lambda part: part.__name__)
def test_every_key_of_the_language_is_on_the_page_and_in_an_example(part: type[Frozen]) -> None:
    for name in part.model_fields:
        assert re.search(rf"`[^`\n]*\b{name}\b[^`\n]*`", PAGE), f"{part.__name__}.{name} is not explained"
        assert any(re.search(rf"\b{name}:", block) for block in BLOCKS), f"{part.__name__}.{name} has no example"


@pytest.mark.parametrize("part", EVERY, ids=lambda part: part.__name__)
def test_every_choice_of_the_language_is_on_the_page(part: type[Frozen]) -> None:
    told = {choice for field in part.model_fields.values() for choice in choices(field.annotation)}
    assert {choice for choice in told if f"`{choice}`" not in PAGE} == set()


def test_the_schemas_for_editors_are_those_of_the_metamodel() -> None:
    folder = ROOT / "concepts" / "schemas"
    on_disk = {file.name: file.read_text(encoding="utf-8") for file in folder.glob("*.json")}
    assert on_disk == schemas(), "run: python -m concepts.schemas"


def typed(data: Any, key: str = "") -> Any:
    """The YAML as an editor reads it: true and false are no text there, unless quoted as the codes of a map are."""
    if isinstance(data, dict):
        return data if key == "map" else {name: typed(value, name) for name, value in data.items()}
    if isinstance(data, list):
        return [typed(item) for item in data]
    return {"true": True, "false": False}.get(data, data)


@pytest.mark.parametrize(("folder", "schema"), [("concepts/national", "concept"), ("ingest/sources", "source")])
def test_the_files_of_the_project_are_valid_in_an_editor(folder: str, schema: str) -> None:
    validator = jsonschema.Draft202012Validator(json.loads(schemas()[f"{schema}.schema.json"]))
    for file in sorted((ROOT / folder).glob("*.yml")):
        assert [error.message for error in validator.iter_errors(typed(read_yaml(file)))] == [], file.name


def test_a_schema_refuses_a_key_that_the_language_does_not_have() -> None:
    validator = jsonschema.Draft202012Validator(json.loads(schemas()["concept.schema.json"]))
    assert not validator.is_valid({**read_yaml(ROOT / "concepts/national/visit.yml"), "colour": "red"})
