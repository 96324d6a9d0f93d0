"""Files and folders of YAML read as far as they can be: what they say, and every fault in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import ValidationError

from concepts.errors import ModelError
from concepts.metamodel import Frozen
from concepts.yaml_text import UNPRINTABLE, in_line, read_yaml, texts

Part = TypeVar("Part", bound=Frozen)
Told = TypeVar("Told")
First = TypeVar("First")
Second = TypeVar("Second")

# Terms and definitions go into dbt's YAML, which dbt renders: a template there would run.
_JINJA = re.compile(r"\{[{%#]")
# Marks that turn the direction of text: they make a reader see another text than the machine reads (CVE-2021-42574).
TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")

_REMEDIES = {
    "extra_forbidden": "no such key; take it out or mend its spelling",
    "missing": "is missing; write it",
    "string_pattern_mismatch": "not a name; use lower-case letters, digits and single underscores, a letter first",
    "string_too_short": "is empty; write it or take the key out",
    "string_too_long": "is too long; use 50 letters at most",
    "string_type": "is not text; write one value",
    "string_unicode": "holds a control character; delete it",
    "too_short": "is empty; name at least one",
    "dict_type": "takes keys with values, not one text; write them below it, or {} if it needs none",
    "model_type": "takes keys with values, not one text; write them below it, or {} if it needs none",
    "model_attributes_type": "takes keys with values, not one text; write them below it, or {} if it needs none",
    "tuple_type": "needs a list; write [a, b]",
    "bool_type": "is neither true nor false; write one of them",
}


@dataclass(frozen=True)
class Read(Generic[Told]):
    """What could be read, and all that is wrong with it.

    ``unread`` are the names of concepts, queries or systems of which not all could be read. Nothing that names one of
    them is judged: it would only tell of the same fault again.
    """

    told: Told
    faults: tuple[str, ...] = ()
    unread: frozenset[str] = frozenset()

    def whole(self) -> Told:
        """What was read; ModelError lists the faults, if there is any."""
        raise_all(self.faults)
        return self.told


@dataclass(frozen=True)
class Wanted(Generic[Part]):
    """What files a folder is to hold."""

    folder: str  # which one to give, for the reader
    kinds: Mapping[str, type[Part]]  # by the key that holds the part's name; a file is the first whose key it has
    foreign: Callable[[dict[str, Any]], Iterable[str]]  # what a file says that belongs elsewhere, each with its key


def read_folder(folder: Path, wanted: Wanted[Part]) -> Read[dict[str, Part]]:
    """Each file of a folder as one part, by its name; a folder of which nothing can be read has no name unread."""
    if not folder.is_dir():
        return Read({}, (f"{folder}: no such folder; give {wanted.folder}",))
    left = dict(_unread_files(folder))
    files = sorted(file for file in folder.glob("*.yml") if file.is_file())
    if not files and not left:
        return Read({}, (f"{folder}: no .yml file in this folder; give {wanted.folder}",))
    parts: dict[str, Part] = {}
    faults, unread = list(left.values()), {file.stem for file in left}
    for file in files:
        read = _read_file(file, wanted, parts)
        faults += read.faults
        unread |= read.unread
        parts |= read.told
    return Read(parts, tuple(faults), frozenset(unread))


def _read_file(file: Path, wanted: Wanted[Part], known: Container[str]) -> Read[dict[str, Part]]:
    names = {file.stem}
    try:
        data = read_yaml(file)
        key = next((key for key in wanted.kinds if key in data), list(wanted.kinds)[-1])
        names.add(str(data.get(key)))
        raise_all(f"{file.name}: {fault}" for fault in wanted.foreign(data))
        told = _parsed(file.name, data, wanted.kinds[key])
    except ModelError as error:
        return Read({}, tuple(str(error).splitlines()), frozenset(names))
    name = getattr(told, key)
    if name in known:
        return Read({}, (f"{file.name}: {name} is described in another file too; keep one",), frozenset(names))
    if name != file.stem:
        fault = f"{file.name}: it describes {name}; name the file {name}.yml"
        return Read({name: told}, (fault,), frozenset({file.stem}))
    return Read({name: told})


def _unread_files(folder: Path) -> Iterator[tuple[Path, str]]:
    """What somebody means to be read and is not, with the reason: its ending is written otherwise, or it is no file."""
    for file in sorted(folder.iterdir()):
        if file.suffix == ".yml" and not file.is_file():
            yield file, f"{file.name}: is no file, or a link to none; take it out of the folder"
        elif file.suffix != ".yml" and file.suffix.lower() in (".yml", ".yaml") and file.is_file():
            yield file, f"{file.name}: would not be read; rename it {file.stem}.yml"


def read_part(file: Path, part: type[Part]) -> Part:
    """One file as the part that it tells of; ModelError lists its faults."""
    return _parsed(file.name, read_yaml(file), part)


def _parsed(file: str, data: dict[str, Any], part: type[Part]) -> Part:
    faults = list(_text_faults(file, data))
    try:
        told = part.model_validate(data)
    except ValidationError as error:
        faults += [f"{file}: {_where(item['loc'])}{_remedy(item)}" for item in error.errors()]
        raise_all(faults)
        raise
    raise_all(faults)
    return told


def _text_faults(file: str, data: dict[str, Any]) -> Iterator[str]:
    for path, text in texts(data):
        # A proposal carries queries, which are templates of dbt as they are beside the concepts.
        if _JINJA.search(text) and not (path and path[0] == "queries"):
            yield f"{file}: {_where(path)}holds {{{{, {{% or {{#, which dbt would run as a template; take it out"
        if TURNING.search(text):
            yield f"{file}: {_where(path)}holds an invisible mark that turns the text's direction; delete it"
        if UNPRINTABLE.search(text):
            yield f"{file}: {_where(path)}{_REMEDIES['string_unicode']}"


def _where(location: tuple[int | str, ...]) -> str:
    """The keys that lead to the place; pydantic adds ``[key]`` for a key itself."""
    steps = [in_line(str(step)) for step in location if step != "[key]"]
    return ".".join(steps) + ": " * bool(steps)


def _remedy(item: Any) -> str:
    kind, told, choices = item["type"], item["input"], item.get("ctx", {}).get("expected")
    if kind in ("enum", "literal_error"):
        wrong = f'no such choice "{in_line(told)}"' if isinstance(told, str) else "is not text"
        return f"{wrong}; use one of {choices}"
    return _REMEDIES.get(kind) or str(item["msg"]).removeprefix("Value error, ")


def raise_all(faults: Iterable[str]) -> None:
    """ModelError with one fault a line, if there is any."""
    told = list(dict.fromkeys(" ".join(fault.splitlines()) for fault in faults))
    if told:
        raise ModelError("\n".join(told))


def both(first: Callable[[], First], second: Callable[[], Second]) -> tuple[First, Second]:
    """What two readers give; ModelError tells the faults of both together."""
    try:
        told = first()
    except ModelError as error:
        raise ModelError("\n".join([str(error), *_faults(second)])) from None
    return told, second()


def _faults(read: Callable[[], object]) -> Iterator[str]:
    try:
        read()
    except ModelError as error:
        yield str(error)
