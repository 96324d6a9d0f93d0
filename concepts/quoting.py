"""The one function that every SQL identifier passes when it is not written in a model by hand or by the generator."""

from __future__ import annotations


def quoted(name: str) -> str:
    """The name as an SQL identifier that cannot end early, whatever it holds."""
    return '"' + name.replace('"', '""') + '"'
