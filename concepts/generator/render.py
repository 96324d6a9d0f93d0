"""(model, sources) -> {path: text}: every generated file. Pure: no clock, no disk, no order but the model's."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from concepts.contract import Contract
from concepts.generator import contracts, properties
from concepts.generator.design import Design, design
from concepts.generator.models import Model, every_model
from concepts.generator.views import every_view
from concepts.metamodel import ConceptModel
from concepts.sources import SourceMapping

LANDING = 'read_parquet(\'{{ env_var("SOTEVAULT_HOME", "data") }}/landing/{name}/*.parquet\', union_by_name = true)'
MACROS = ("calendar", "engine", "keys", "ledger", "loads", "reading", "schemas", "tests")


def render(
    model: ConceptModel, sources: tuple[SourceMapping, ...], *, project: str | None = None, landing: str = LANDING
) -> dict[str, str]:
    """Path (relative to the generated folder) -> text of every file, the same for the same model and sources.

    With the name of a project the files are a dbt project of their own; without one they are part of another's.
    """
    plan = design(model, sources)
    models = [*every_model(plan), *every_view(plan)]
    files = dict(_models(models))
    files |= {f"macros/{name}.sql": _text(f"macros/{name}.sql.jinja") for name in MACROS}
    files["models/staging/_sources.yml"] = _filled(
        "sources.yml", tables=plan.tables, landing_location=landing.replace('"', '\\"')
    )
    files |= properties.files(models)
    files |= {
        f"contracts/{c.name}.json": c.model_dump_json(indent=2, exclude_defaults=True) + "\n"
        for c in contracts_of(plan)
    }
    if project:
        files |= {file: _filled(file, name=project) for file in ("dbt_project.yml", "profiles.yml")}
    return dict(sorted(files.items()))


def contracts_of(plan: Design) -> tuple[Contract, ...]:
    """The ingest contract of every delivered table."""
    return tuple(contracts.contract(table) for table in plan.tables)


def _models(models: list[Model]) -> Iterator[tuple[str, str]]:
    yield "models/staging/pending_delivery.sql", _filled("pending.sql", landing=landed("delivery"))
    for told in models:
        context = told.context | {"landing": landed(told.context.get("landing_name", "delivery"))}
        yield f"models/{told.layer}/{told.name}.sql", _filled(f"{told.template}.sql", **context)


def landed(name: str) -> str:
    """Where templates read what was delivered."""
    return f"source('landing', '{name}')"


def _filled(template: str, **context: object) -> str:
    return _environment().get_template(f"{template}.jinja").render(**context).rstrip("\n") + "\n"


def _text(template: str) -> str:
    environment = _environment()
    assert environment.loader is not None
    return environment.loader.get_source(environment, template)[0]


@cache
def _environment() -> Environment:
    """Our own brackets, so that dbt's stand in the templates as they will in the files."""
    return Environment(
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
