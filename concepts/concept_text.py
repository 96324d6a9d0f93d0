"""Concepts as the YAML that people read: one line an attribute; and additions written into a file as it stands."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

import yaml

from concepts.metamodel import Attribute, Concept, Frozen, Link, Satellite
from concepts.overlay import Extension, extend

_ORDER = ("type", "codes", "unit", "privacy", "pseudonym", "canonical", "term", "definition", "international")
_FIRST = ("concept", "kind", "extends", "term", "definition", "source", "owner", "dimensions", "key_scope")
_LAST = ("key", "satellites", "links", "point_in_time", "bridges")


class _InLine(dict[str, Any]):
    """A mapping that is written in one line."""


class _InLineList(list[Any]):
    """A list that is written in one line."""


_OTHER_BREAKS = re.compile("[\r\x85\u2028\u2029]")


class Block(str):
    """A text of several lines that is written as it stands, below its key."""


class _Writer(yaml.SafeDumper):
    """Plain YAML without aliases, in which a text never breaks its line."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(writer: _Writer, text: str) -> yaml.Node:
    style = '"' if len(text.splitlines()) > 1 else None
    return writer.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _block(writer: _Writer, text: Block) -> yaml.Node:
    """Of the breaks that YAML knows, a text written as it stands keeps only the plain one."""
    style = '"' if _OTHER_BREAKS.search(text) else "|"
    return writer.represent_scalar("tag:yaml.org,2002:str", str(text), style=style)


_Writer.add_representer(str, _text)
_Writer.add_representer(Block, _block)
_Writer.add_representer(_InLine, lambda w, d: w.represent_mapping("tag:yaml.org,2002:map", d.items(), flow_style=True))
_Writer.add_representer(_InLineList, lambda w, d: w.represent_sequence("tag:yaml.org,2002:seq", d, flow_style=True))


def written(data: Mapping[str, Any]) -> str:
    """A mapping as YAML text, in its own order."""
    return yaml.dump(data, Dumper=_Writer, sort_keys=False, allow_unicode=True, width=sys.maxsize, indent=2)


def comment(text: str) -> str:
    """The text as one line of YAML that says nothing to a machine, whatever breaks of lines it holds."""
    return f"# {' '.join(text.split())}"


def shaped(part: Concept | Extension) -> dict[str, Any]:
    """A concept or an extension as a mapping, ready to be written; what only repeats a default is left out."""
    plain = _compact(part)
    shapes: dict[str, Any] = {
        "kind": getattr(part, "kind", None) and str(getattr(part, "kind", "")),
        "term": _InLine(plain.get("term", {})),
        "dimensions": _InLineList(part.dimensions),
        "key": _attributes(getattr(part, "key", {})),
        "key_scope": getattr(part, "key_scope", None),
        "satellites": _satellites(part.satellites),
        "links": {name: _link(link) for name, link in part.links.items()},
        **{name: _InLine(plain.get(name, {})) for name in ("point_in_time", "validity")},
        "bridges": {name: _InLine(_compact(bridge)) for name, bridge in part.bridges.items()},
    }
    found = {**plain, **shapes}
    between = (name for name in plain if name not in _FIRST + _LAST)
    return {name: found[name] for name in (*_FIRST, *between, *_LAST) if found.get(name)}


def _compact(part: Frozen) -> dict[str, Any]:
    return part.model_dump(mode="json", exclude_defaults=True)


def _attributes(attributes: Mapping[str, Attribute]) -> dict[str, _InLine]:
    return {name: _attribute(attribute) for name, attribute in attributes.items()}


def _attribute(attribute: Attribute) -> _InLine:
    plain = _compact(attribute)
    return _InLine({name: plain[name] for name in (*_ORDER, *plain) if name in plain})


def _satellites(satellites: Mapping[str, Satellite]) -> dict[str, Any]:
    return {aspect: _satellite(satellite) for aspect, satellite in satellites.items()}


def _satellite(satellite: Satellite) -> dict[str, Any]:
    """What the aspect says of itself in line, and its attributes, one a line."""
    plain = {k: _InLineList(v) if isinstance(v, list) else v for k, v in _compact(satellite).items()}
    return {**{k: v for k, v in plain.items() if k != "attributes"}, "attributes": _attributes(satellite.attributes)}


def _link(link: Link) -> dict[str, Any]:
    """In one line, unless it has attributes of its own."""
    short = _InLineList([p.role if p.role == p.concept else _InLine(_compact(p)) for p in link.participants])
    plain = _compact(link) | ({"participants": short} if short else {})
    if not (link.child_key or link.satellites):
        return _InLine(plain)
    parts = {"child_key": _attributes(link.child_key), "satellites": _satellites(link.satellites)}
    return {**plain, **{name: part for name, part in parts.items() if part}}


def extended_text(text: str, concept: Concept, added: Extension, remark: str) -> str:
    """The text of a concept's file with the additions in their places; its order and comments stay.

    A file written in a way that leaves no place for them is written anew, without its comments.
    """
    text = text if text.endswith("\n") else text + "\n"
    root = yaml.compose(text, Loader=yaml.BaseLoader)
    wanted = extend(concept, added)
    if isinstance(root, yaml.MappingNode) and not root.flow_style:
        result = _inserted(text, list(_insertions(text, root, added, concept, remark)))
        if _means(result) == wanted:
            return result
    return written(shaped(wanted))


def _means(text: str) -> Concept | None:
    """The concept that a text describes; None if it describes none."""
    try:
        return Concept.model_validate(yaml.load(text, Loader=yaml.BaseLoader))  # noqa: S506 - BaseLoader makes text only
    except (yaml.YAMLError, ValueError):
        return None


def _insertions(
    text: str, root: yaml.MappingNode, added: Extension, concept: Concept, remark: str
) -> Iterator[tuple[int, str]]:
    """Each addition as a place in the text and what to put there; those of one place in the order given."""
    shape = shaped(added)
    links = _child(root, "links")
    after = _line_end(text, _end(_child(root, "key") or root))
    new = {"satellites": dict(shape.get("satellites", {})), "links": {}, "bridges": shape.get("bridges", {})}
    yield from _into_aspects(text, _child(root, "satellites"), new["satellites"], remark)
    for name, link in shape.get("links", {}).items():
        node = links and _child(links, name)
        aspects = node and _child(node, "satellites")
        if aspects:
            more = dict(link["satellites"])
            yield from _into_aspects(text, aspects, more, remark)
            if more:
                yield _into(text, aspects, more, remark)
        elif node and name in concept.links:
            yield _into(text, node, link, remark)
        else:
            new["links"][name] = link
    for key, told in new.items():
        node = _child(root, key)
        after = max(after, _line_end(text, _end(node))) if node else after
        if told:
            yield _into(text, node, told, remark) if node else (after, written({key: told}))
    yield from _dimensions(text, root, [d for d in added.dimensions if d not in concept.dimensions])


def _into_aspects(
    text: str, node: yaml.MappingNode | None, aspects: dict[str, Any], remark: str
) -> Iterator[tuple[int, str]]:
    """New attributes of aspects that are there; those aspects are taken out of the given ones."""
    for aspect in list(aspects):
        there = node and _child(node, aspect)
        attributes = there and _child(there, "attributes")
        if attributes:
            yield _into(text, attributes, aspects.pop(aspect)["attributes"], remark)


def _dimensions(text: str, root: yaml.MappingNode, missing: list[str]) -> Iterator[tuple[int, str]]:
    node = next((value for key, value in root.value if key.value == "dimensions"), None)
    if not missing:
        return
    if node is None:
        owner = next(value for key, value in root.value if key.value == "owner")
        yield _line_end(text, _end(owner)), written({"dimensions": _InLineList(missing)})
    elif node.flow_style:
        yield node.end_mark.index - 1, (", " if node.value else "") + ", ".join(missing)
    else:
        yield _line_end(text, _end(node)), "".join(f"{' ' * node.start_mark.column}- {name}\n" for name in missing)


def _into(text: str, node: yaml.MappingNode, entries: Mapping[str, Any], remark: str) -> tuple[int, str]:
    """Entries behind a mapping's last one, written as the mapping is: in line, or each on lines of its own."""
    if node.flow_style:
        return node.end_mark.index - 1, (", " if node.value else "") + written(_InLine(entries)).strip()[1:-1]
    lines = [comment(remark), *written(entries).splitlines()]
    return _line_end(text, _end(node)), "".join(f"{' ' * node.start_mark.column}{line}\n" for line in lines)


def _inserted(text: str, insertions: list[tuple[int, str]]) -> str:
    parts, before = [], 0
    for index, group in groupby(sorted(insertions, key=lambda told: told[0]), key=lambda told: told[0]):
        parts += [text[before:index], *(part for _, part in group)]
        before = index
    return "".join([*parts, text[before:]])


def _child(node: yaml.Node, name: str) -> yaml.MappingNode | None:
    children = node.value if isinstance(node, yaml.MappingNode) else ()
    return next((v for key, v in children if key.value == name and isinstance(v, yaml.MappingNode)), None)


def _end(node: yaml.Node) -> int:
    """Where the last text of a node ends; a block's own end mark lies behind the comments that follow it."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _end(last[1] if isinstance(last, tuple) else last)
    return int(node.end_mark.index)


def _line_end(text: str, index: int) -> int:
    if index and text[index - 1] == "\n":
        return index
    return text.find("\n", index) + 1 or len(text)
