"""YAML read as plain text: no types guessed, no tags, no aliases, no key twice.

YAML 1.1 bends codes (``010`` becomes 8, ``NO`` becomes false, ``12:30`` becomes 750), so every scalar stays the text
that the author wrote and pydantic gives it its type.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from concepts.errors import ModelError

# A control character or half of a pair; raw ones PyYAML refuses, but an escape such as "\0" may write one.
UNPRINTABLE: re.Pattern[str] = yaml.reader.Reader.NON_PRINTABLE


_LONGEST = 60  # letters of the author's that a message repeats


class _TextLoader(yaml.BaseLoader):
    """PyYAML's loader without types, that also gathers all that hides meaning: line, key path and remedy."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.path: list[str] = []
        self.faults: list[str] = []

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        event: Any = self.peek_event()  # type: ignore[no-untyped-call]  # the stubs leave PyYAML's parser untyped
        self.path.append(_step(index))
        node: yaml.Node | None
        if isinstance(event, yaml.AliasEvent):
            self._refuse(event, f"the alias *{event.anchor}; write the value out")
            self.get_event()  # type: ignore[no-untyped-call]
            mark: Any = event.start_mark
            node = yaml.ScalarNode("", "", mark, mark)
        else:
            if getattr(event, "anchor", None):
                self._refuse(event, f"the anchor &{event.anchor}; take it out and write values out")
            if getattr(event, "tag", None):
                self._refuse(event, "a tag (!); take it out, everything is read as plain text")
            node = super().compose_node(parent, index)
            self._refuse_keys(node)
        self.path.pop()
        return node

    def _refuse_keys(self, node: yaml.Node | None) -> None:
        seen: set[str] = set()
        for key, _ in node.value if isinstance(node, yaml.MappingNode) else ():
            if not isinstance(key, yaml.ScalarNode):
                self._refuse(key, "a key that is not text; write one name before the colon")
            elif key.value in seen:
                self._refuse(key, f'key "{in_line(key.value)}" stands twice; keep one')
            else:
                seen.add(key.value)

    def _refuse(self, place: Any, fault: str) -> None:
        path = ".".join(step for step in self.path if step)
        self.faults.append(f"line {place.start_mark.line + 1}: {f'{path}: ' if path else ''}{fault}")


def in_line(text: str) -> str:
    """A text of the author's as a message can repeat it: short, on one line, and seen when it is empty."""
    plain = " ".join(text.split())
    return f"{plain[:_LONGEST]}..." if len(plain) > _LONGEST else plain or '""'


def _step(index: Any) -> str:
    """The last step of the path to a node: the key of a mapping, the place in a list, nothing for a key itself."""
    if isinstance(index, yaml.ScalarNode):
        return in_line(str(index.value))
    return "" if index is None or isinstance(index, yaml.Node) else str(index)


def read_yaml(file: Path) -> dict[str, Any]:
    """The file's mapping with every scalar as text; ModelError names file, line and key of every fault.

    OSError, which is no fault of the text, if the file cannot be read.
    """
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ModelError(f"{file.name}: byte {error.start + 1} is not UTF-8; save the file as UTF-8") from None
    data = _constructed(file.name, text)
    if not isinstance(data, dict):
        raise ModelError(f"{file.name}: is empty or a list; start it with a key such as concept: or source:")
    return data


def _constructed(name: str, text: str) -> Any:
    try:
        loader = _TextLoader(text)
        node = loader.get_single_node()
        if loader.faults:
            raise ModelError("\n".join(f"{name}: {fault}" for fault in loader.faults))
        return None if node is None else loader.construct_document(node)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ModelError(f"{name}: line {line}: not YAML: {error.problem}; mend the text there") from None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise ModelError(f"{name}: line {line}: a control character; delete it") from None
    except RecursionError:
        raise ModelError(f"{name}: is nested too deeply; a model needs fewer than ten levels") from None


def texts(data: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every text of read YAML, keys included, with the path of keys that leads to it."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield path, key
            yield from texts(value, (*path, key))
    elif isinstance(data, list):
        for place, value in enumerate(data):
            yield from texts(value, (*path, str(place)))
    else:
        yield path, str(data)
