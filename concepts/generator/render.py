"""(model, sources) -> {path: text}: every generated file. Pure: no clock, no disk, no order but the model's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from concepts.contract import Contract
from concepts.errors import ModelError
from concepts.generator import contracts, properties
from concepts.generator.design import Design, design
from concepts.generator.landing import landing_faults, landing_models
from concepts.generator.models import Model, every_model
from concepts.generator.presences import Teller
from concepts.generator.views import every_view
from concepts.metamodel import ConceptModel
from concepts.sources import SourceMapping

LANDING = 'read_parquet(\'{{ env_var("SOTEVAULT_HOME", "data") }}/landing/{name}/*.parquet\', union_by_name = true)'
MACROS = ("calendar", "engine", "keys", "ledger", "loads", "reading", "replacing", "schemas", "tests")
LANDING_MACROS = ("headers", "landing", "registering", "values")
PROJECT_FILES = {
    ".gitignore": "gitignore",
    "README.md": "project_readme.md",
    "dbt_project.yml": "dbt_project.yml",
    "profiles.yml": "profiles.yml",
}


def render(
    model: ConceptModel,
    sources: tuple[SourceMapping, ...],
    *,
    project: str | None = None,
    gated: bool | None = None,
    landing: str = LANDING,
) -> dict[str, str]:
    """Path (relative to the generated folder) -> text of every file, the same for the same model and sources.

    With the name of a project the files are a dbt project of their own, which reads deliveries by itself; without one
    they are part of another's and read what the gate has landed. ``gated``: a project of its own reads that too.
    ModelError if a project without the gate would need it.
    """
    plan = design(model, sources)
    gated = project is None if gated is None else gated
    if not gated and (faults := list(landing_faults(plan))):
        raise ModelError("\n".join(faults))
    models = [*([] if gated else landing_models(plan)), *every_model(plan), *every_view(plan)]
    words = {"landing": _from_gate if gated else _from_files, "gated": gated}
    files = dict(_models(models, words))
    files |= {f"macros/{name}.sql": _text(f"macros/{name}.sql.jinja") for name in _macros(gated=gated)}
    files["models/staging/_sources.yml"] = _filled(
        "sources.yml", tables=plan.tables, landing_location=landing.replace('"', '\\"'), **words
    )
    files |= properties.files(models)
    if gated:
        files |= {
            f"contracts/{c.name}.json": c.model_dump_json(indent=2, exclude_defaults=True) + "\n"
            for c in contracts_of(plan)
        }
    if project:
        files |= {
            file: _filled(template, name=project, tables=plan.tables, **words)
            for file, template in PROJECT_FILES.items()
            if not gated or file.endswith(".yml")
        }
    return dict(sorted(files.items()))


def _from_gate(name: str) -> str:
    return f"source('landing', '{name}')"


def _from_files(name: str) -> str:
    return f"ref('landing_{name}')"


def _macros(*, gated: bool) -> tuple[str, ...]:
    return MACROS if gated else (*MACROS, *LANDING_MACROS)


def contracts_of(plan: Design) -> tuple[Contract, ...]:
    """The ingest contract of every delivered table."""
    return tuple(contracts.contract(table) for table in plan.tables)


def _models(models: list[Model], words: dict[str, Any]) -> Iterator[tuple[str, str]]:
    yield "models/staging/pending_delivery.sql", _filled("pending.sql", **words)
    for told in models:
        yield f"models/{told.layer}/{told.name}.sql", _filled(f"{told.template}.sql", **told.context, **words)


def _filled(template: str, **context: object) -> str:
    return _environment().get_template(f"{template}.jinja").render(**context).rstrip("\n") + "\n"


def _text(template: str) -> str:
    environment = _environment()
    assert environment.loader is not None
    return environment.loader.get_source(environment, template)[0]


@cache
def _environment() -> Environment:
    """Our own brackets, so that dbt's stand in the templates as they will in the files."""
    environment = Environment(
        loader=PackageLoader("concepts.generator"),
        block_start_string="<%",
        block_end_string="%>",
        variable_start_string="<<",
        variable_end_string=">>",
        comment_start_string="<#",
        comment_end_string="#>",
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701 - SQL, not HTML; every name in it matches the metamodel's pattern
    )
    environment.filters |= {"refs": _refs, "pairs": _pairs, "told": _told, "names": _names, "fields": _fields}
    return environment


def _refs(tables: list[str], indent: int) -> str:
    """A list of dbt references for a macro's call."""
    return _listed([f"ref('{table}')" for table in tables], indent)


def _pairs(tables: list[Teller], indent: int, *keys: str) -> str:
    """A list of tables for a macro's call, each with the table of status of its source, or none.

    ``keys`` are those of owner and relation: a table of attributes of a driven relation is read by them.
    """
    return _listed([f"({_told(told, indent + 4, *keys)}, {_ref(told.status_of_key)})" for told in tables], indent)


def _told(told: Teller, indent: int, *keys: str) -> str:
    """A table for a macro's call; what it tells of a driven relation, only while that is in force."""
    if not told.effectivity:
        return _ref(told.name)
    names = ", ".join(f"'{key}'" for key in keys)
    lines = (*map(_ref, (told.name, told.effectivity, told.status)), names)
    margin = " " * indent
    return f"while_in_force(\n{margin}    " + f",\n{margin}    ".join(lines) + f"\n{margin})"


def _ref(table: str | None) -> str:
    return f"ref('{table}')" if table else "none"


def _names(columns: list[str], indent: int) -> str:
    """A list of names for a macro's call."""
    return _listed([f"'{column}'" for column in columns], indent)


def _fields(told: Mapping[str, str], indent: int) -> str:
    """A mapping of names to texts for a macro's call."""
    return _listed([f"'{name}': '{text}'" for name, text in told.items()], indent, ("{", "}"))


def _listed(words: list[str], indent: int, brackets: tuple[str, str] = ("[", "]")) -> str:
    """One word a line, if there are several."""
    begin, end = brackets
    if len(words) < 2:
        return f"{begin}{', '.join(words)}{end}"
    margin = " " * indent
    return f"{begin}\n{margin}    " + f",\n{margin}    ".join(words) + f"\n{margin}{end}"
