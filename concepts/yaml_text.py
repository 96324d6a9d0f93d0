"""YAML read as plain text: no types guessed, no tags, no aliases, no key twice.

YAML 1.1 bends codes (``010`` becomes 8, ``NO`` becomes false, ``12:30`` becomes 750), so every scalar stays the text
that the author wrote and pydantic gives it its type.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from concepts.errors import ModelError


class _TextLoader(yaml.BaseLoader):
    """PyYAML's loader without types, that also refuses what hides meaning."""

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        event = self.peek_event()
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise yaml.MarkedYAMLError(problem="an anchor or alias; write the value out", problem_mark=event.start_mark)
        if getattr(event, "tag", None):
            raise yaml.MarkedYAMLError(problem="a tag; write plain text", problem_mark=event.start_mark)
        return super().compose_node(parent, index)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise yaml.MarkedYAMLError(problem="a key that is not text", problem_mark=key.start_mark)
            if key.value in seen:
                raise yaml.MarkedYAMLError(
                    problem=f'key "{key.value}" stands twice; keep one', problem_mark=key.start_mark
                )
            seen.add(key.value)
        return super().construct_mapping(node, deep)


def read_yaml(file: Path) -> dict[str, Any]:
    """The file's mapping with every scalar as text; ModelError names file and line."""
    try:
        data = yaml.load(file.read_text(encoding="utf-8"), Loader=_TextLoader)  # noqa: S506 - BaseLoader makes text only
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ModelError(f"{file.name}: line {line}: {error.problem}") from None
    except (yaml.YAMLError, UnicodeDecodeError):
        raise ModelError(f"{file.name}: not YAML in UTF-8; open it in an editor that shows the encoding") from None
    if not isinstance(data, dict):
        raise ModelError(f"{file.name}: is empty or a list; start it with a key such as concept: or source:")
    return data
