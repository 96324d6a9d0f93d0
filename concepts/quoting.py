"""The two functions that names and values pass on their way into SQL, where no person and no template wrote them."""

from __future__ import annotations


def quoted(name: str) -> str:
    """The name as an SQL identifier that cannot end early, whatever it holds."""
    return '"' + name.replace('"', '""') + '"'


def quoted_text(value: str) -> str:
    """The value as an SQL text that cannot end early, whatever it holds."""
    return "'" + value.replace("'", "''") + "'"
