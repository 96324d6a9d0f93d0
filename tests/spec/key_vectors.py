"""The published key vectors: each value of key_cases.py with its key, reckoned by nothing of the product.

``python -m tests.spec.key_vectors`` writes ``concepts/keys/vectors.json``; the text and key of each are reckoned here
in plain Python, from the page concepts/KEYS.md and not from the SQL or Polars that are tested with them.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from tests.spec.key_cases import CASES, SETS, Part, Vector, s

FILE = Path(__file__).parents[2] / "concepts" / "keys" / "vectors.json"
ABOUT = (
    "Hash keys of recipe 1, see ../KEYS.md. Values are text in the type's ISO form, null is NULL, "
    "{repeat, times} is a long text. A member or key with told: false is one whose `when` column is NULL."
)
READ: dict[str, Callable[[str], Any]] = {
    "integer": int,
    "decimal": Decimal,
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
    "boolean": "true".__eq__,
    "key": UUID,
}


def delivered(told: Part) -> str | None:
    """A part's text as delivered."""
    text: str | dict[str, Any] | None = told["value"]
    return text["repeat"] * text["times"] if isinstance(text, dict) else text


def value(told: Part) -> Any:
    """A part's value in Python's types, as the vault keeps it."""
    text, read = delivered(told), READ.get(told["type"])
    if text is None:
        return None
    return read(text) if read else _kept(text, told.get("canonical", ()))


def _kept(text: str, canonical: Iterable[str]) -> str | None:
    text = unicodedata.normalize("NFC", text)
    text = text.strip(" ") if "trim" in canonical else text
    text = text.upper() if "upper" in canonical else text
    text = text.lower() if "lower" in canonical else text
    return None if text == "" and "empty_is_null" in canonical else text


def canonical(told: Part) -> str:
    """A part's canonical text, `~` for NULL."""
    made = value(told)
    if made is None:
        return "~"
    if isinstance(made, str):
        return f"{len(made)}:{made}"
    if isinstance(made, bool):
        return "true;" if made else "false;"
    if isinstance(made, Decimal):
        return f"{made + 0:.2f};"  # + 0 makes -0 nought
    if isinstance(made, datetime):
        return made.isoformat(timespec="microseconds") + ";"
    return made.isoformat() + ";" if isinstance(made, date) else f"{made};"


def text(vector: Vector) -> str | None:
    """What is hashed; None where the key is a ghost's."""
    if vector["kind"] == "hash_link":
        return "".join(_inside(m) if m.get("told", True) else "!" for m in vector["members"])
    if vector["kind"] == "hash_difference":
        told = {name: part for name, part in vector["attributes"].items() if value(part) is not None}
        return "".join(f"{name}={canonical(part)}" for name, part in told.items())
    if vector["kind"] == "hash_set":
        return "".join(sorted(vector["keys"]))
    nothing = not vector.get("told", True) or all(value(p) is None for p in vector["parts"])
    return None if nothing else _inside(vector)[1:-1]


def _inside(told: Vector) -> str:
    scope = canonical(s(told["scope"])) if "scope" in told else ""
    return f"[{scope}{''.join(map(canonical, told['parts']))}]"


def reckoned(vector: Vector) -> str:
    """The key of a vector."""
    hashed = text(vector)
    if hashed is None:
        digit = "0" if vector.get("told", True) else "f"
        return "-".join(digit * length for length in (8, 4, 4, 4, 12))
    digest = hashlib.md5(hashed.encode("utf-8"), usedforsecurity=False).hexdigest()
    return "-".join((digest[:8], digest[8:12], digest[12:16], digest[16:20], digest[20:]))


def made() -> list[Vector]:
    """Every vector with its text and key, as published; a long text is left out."""
    keys = {case["name"]: reckoned(case) for case in CASES}
    sets = [{"name": n, "kind": "hash_set", "keys": [keys[k] for k in names]} for n, names in SETS.items()]
    told = [{**case, "text": text(case), "key": reckoned(case)} for case in [*CASES, *sets]]
    return [v | ({"text": "(long)"} if len(v["text"] or "") > 1000 else {}) for v in told]


def written() -> str:
    """The file: a vector a line, only ASCII, so that no editor composes what stands decomposed."""
    lines = ",\n".join("    " + json.dumps(vector) for vector in made())
    return f'{{\n  "recipe": 1,\n  "about": {json.dumps(ABOUT)},\n  "vectors": [\n{lines}\n  ]\n}}\n'


def published() -> list[Vector]:
    """The vectors of the file."""
    vectors: list[Vector] = json.loads(FILE.read_text(encoding="utf-8"))["vectors"]
    return vectors


if __name__ == "__main__":
    FILE.write_text(written(), encoding="utf-8")
