"""A published key vector as SQL out of the generated macros, for any engine that takes `?` for a value."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from types import SimpleNamespace
from typing import Any

from jinja2 import Environment

from concepts.metamodel import DataType
from tests.spec.key_cases import Part, Vector
from tests.spec.key_vectors import delivered


def statement(vector: Vector, dialect: str = "default") -> tuple[str, list[str | None]]:
    """SQL that gives the vector's key as text, and the values for it; the dialect is `default` (DuckDB) or `spark`."""
    m = _macros(dialect)
    if vector["kind"] == "hash_set":
        rows = " union all ".join(f"select cast(? as {m.key_type()}) as k" for _ in vector["keys"])
        return f"select cast({m.hash_set('k')} as {m.text_type()}) from ({rows}) as told", vector["keys"]
    columns = _columns(vector)
    told = [f"cast(? as {m.text_type()}) as {name}" for name in columns]
    kept = [f"{_kept(m, name, part)} as {name}" for name, part in columns.items()]
    texts = [f"{m.counted(n, p['type'])} as {n}__text" for n, p in columns.items()]
    values = [delivered(part) for part in columns.values()]
    return (
        f"with delivered as (select {', '.join(told)}), kept as (select {', '.join(kept)} from delivered), "
        f"told as (select kept.*, {', '.join(texts)} from kept) "
        f"select cast({_key(m, vector)} as {m.text_type()}) from told"
    ), values


@cache
def _macros(dialect: str) -> Any:
    folder = files("concepts.generator") / "templates" / "macros"
    text = "".join((folder / f"{name}.sql.jinja").read_text(encoding="utf-8") for name in ("engine", "keys"))
    modules: list[Any] = []

    def dispatch(name: str) -> Any:
        return getattr(modules[0], f"{dialect}__{name}", None) or getattr(modules[0], f"default__{name}")

    template = Environment(extensions=["jinja2.ext.do"]).from_string(text)
    modules.append(template.make_module({"adapter": SimpleNamespace(dispatch=dispatch)}))
    return modules[0]


def _groups(vector: Vector) -> list[Vector]:
    return vector.get("members", [vector])


def _parts(group: Vector) -> list[Part]:
    return group["parts"] if "parts" in group else list(group["attributes"].values())


def _columns(vector: Vector) -> dict[str, Part]:
    """A column for each part, and one for each `when`."""
    made = {f"c{i}_{j}": p for i, group in enumerate(_groups(vector)) for j, p in enumerate(_parts(group))}
    whens = {f"w{i}": group["told"] for i, group in enumerate(_groups(vector)) if "told" in group}
    return made | {name: {"type": "string", "value": "told" if told else None} for name, told in whens.items()}


def _kept(m: Any, name: str, part: Part) -> str:
    if part["type"] in ("string", "code"):
        return str(m.kept_text(name, part.get("canonical", [])))
    return f"cast({name} as {m.key_type() if part['type'] == 'key' else DataType(part['type']).sql})"


def _key(m: Any, vector: Vector) -> str:
    if vector["kind"] == "hash_difference":
        parts = {name: f"c0_{j}:{part['type']}" for j, (name, part) in enumerate(vector["attributes"].items())}
        return str(m.hash_difference(parts))
    members = []
    for i, group in enumerate(_groups(vector)):
        scope = [f"'{group['scope']}'"] if "scope" in group else []
        texts = scope + [f"c{i}_{j}__text" for j in range(len(_parts(group)))]
        members.append((texts, f"w{i}" if "told" in group else None))
    return str(m.hash_link(members) if vector["kind"] == "hash_link" else m.hash_key(*members[0]))
