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

from concepts.column_lineage import LINEAGE
from concepts.generator import render
from concepts.generator.design import design
from concepts.generator.models import every_model
from concepts.generator.views import every_view
from concepts.metamodel import Concept, Frozen
from concepts.schemas import schemas
from concepts.sources import SourceMapping
from concepts.yaml_text import read_yaml
from tests.unit.concepts.language_page import BLOCKS, PAGE, example

ROOT = Path(__file__).parents[3]


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


def test_the_examples_of_the_page_are_one_model_that_generates() -> None:
    model, sources = example()
    files = render(model, sources, project="library", gated=True)
    assert {"models/raw_vault/nhl_fine__desk_fine.sql", "models/raw_vault/lnk_book_loan.sql"} <= set(files)
    assert [*model.concepts] == sorted(block.splitlines()[0].split(": ")[1] for block in BLOCKS[:-1])


def test_the_examples_of_the_page_have_every_kind_of_table() -> None:
    plan = design(*example())
    assert {told.template for told in (*every_model(plan), *every_view(plan))} == set(LINEAGE)


def test_the_page_names_every_table_of_its_example_and_no_other() -> None:
    section = PAGE.split("## The tables of a model")[1].split("\n## ")[0]
    patterns = [
        name for cell in re.findall(r"^\| (`.*?) \|", section, re.MULTILINE) for name in re.findall("`(.*?)`", cell)
    ]
    files = render(*example(), project="library", gated=True)
    made = {Path(file).stem for file in files if file.startswith("models/") and file.endswith(".sql")}

    def named(pattern: str) -> set[str]:
        return {name for name in made if re.match(re.sub("<.*?>", "[a-z0-9_]+", pattern), name)}

    assert [pattern for pattern in patterns if not named(pattern)] == []
    assert made - set().union(*map(named, patterns)) == set()


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
    """The YAML as an editor reads it: true, false and counts are no text there, unless quoted as a map's codes are."""
    if isinstance(data, dict):
        if key in ("map", "keep"):
            return {name: int(told) if key == "keep" else told for name, told in data.items()}
        return {name: typed(value, name) for name, value in data.items()}
    if isinstance(data, list):
        return [typed(item) for item in data]
    return {"true": True, "false": False}.get(data, data)


@pytest.mark.parametrize(("folder", "schema"), [("concepts/national", "concept"), ("ingest/sources", "source")])
def test_the_files_of_the_project_are_valid_in_an_editor(folder: str, schema: str) -> None:
    validator = jsonschema.Draft202012Validator(json.loads(schemas()[f"{schema}.schema.json"]))
    for file in sorted((ROOT / folder).glob("*.yml")):
        assert [error.message for error in validator.iter_errors(typed(read_yaml(file)))] == [], file.name


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.splitlines()[0])
def test_the_examples_of_the_page_are_valid_in_an_editor(block: str, tmp_path: Path) -> None:
    (tmp_path / "part.yml").write_text(block, encoding="utf-8")
    schema = schemas()[f"{block.split(':')[0]}.schema.json"]
    errors = jsonschema.Draft202012Validator(json.loads(schema)).iter_errors(typed(read_yaml(tmp_path / "part.yml")))
    assert [error.message for error in errors] == []


def test_a_schema_refuses_a_key_that_the_language_does_not_have() -> None:
    validator = jsonschema.Draft202012Validator(json.loads(schemas()["concept.schema.json"]))
    assert not validator.is_valid({**read_yaml(ROOT / "concepts/national/visit.yml"), "colour": "red"})
