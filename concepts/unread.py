"""Tables of history that a new version leaves alone with their rows, and the views that no longer show these."""

from __future__ import annotations

from collections.abc import Mapping

from concepts.generator.models import Model
from concepts.metamodel import Frozen
from concepts.references import reached, references

Objects = Mapping[str, tuple[Model, str]]  # generated models with their SQL, by name


class Unread(Frozen):
    """A table that keeps its rows and gets none, and the views of the business vault that read it until now."""

    table: str
    views: tuple[str, ...]
    tells_presence: bool = False  # it says who came and went

    def __str__(self) -> str:
        return f"{self.table}: was read by {', '.join(self.views)}"


def unread(old: Objects, new: Objects, layer: str) -> tuple[Unread, ...]:
    """The tables of the layer that only the old version writes, with the views that read them, be it through others."""
    views = {name: references(text) for name, (model, text) in old.items() if model.layer == "business_vault"}
    readers: dict[str, list[str]] = {}
    for view in views:
        for table in reached(view, views):
            readers.setdefault(table, []).append(f"business_vault.{view}")
    return tuple(
        Unread(
            table=f"{layer}.{name}",
            views=tuple(readers[name]),
            tells_presence=model.template in ("status", "status_flag"),
        )
        for name, (model, _) in old.items()
        if model.layer == layer and name not in new and name in readers
    )
