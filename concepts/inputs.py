"""What a column is made from: landing columns, and what becomes of their values on the way."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from concepts.metamodel import Frozen

How = Literal["same", "respelt", "chosen", "computed", "flagged", "hashed", "counted", "presence"]


class Input(Frozen):
    """One landing column, and what becomes of its value on the way."""

    dataset: str
    field: str
    how: How


Inputs = tuple[Input, ...]
Columns = dict[str, Inputs]
Made = dict[str, Columns]


def landed(dataset: str, field: str, how: How) -> Inputs:
    """One landing column as the only input."""
    return (Input(dataset=dataset, field=field, how=how),)


def merged(parts: Iterable[Inputs]) -> Inputs:
    """The inputs of all parts in their order, each once."""
    return tuple(dict.fromkeys(told for part in parts for told in part))


def united(parts: Iterable[Columns]) -> Columns:
    """The columns of several tables, each with the inputs of all."""
    every = list(parts)
    names = dict.fromkeys(name for part in every for name in part)
    return {name: merged(part.get(name, ()) for part in every) for name in names}


def made_into(how: How, inputs: Inputs) -> Inputs:
    """The same inputs, of whose values something else is made."""
    return merged((told.model_copy(update={"how": how}),) for told in inputs)


def chosen(columns: Columns) -> Columns:
    """The same inputs, of which the table takes one of several rows."""
    return {
        name: merged(made_into("chosen", (told,)) if told.how == "same" else (told,) for told in inputs)
        for name, inputs in columns.items()
    }
