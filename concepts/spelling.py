"""How flags, numbers and lists are spelt in models and mappings, where every value is read as text."""

from __future__ import annotations

import re
from collections import Counter
from typing import Annotated, TypeVar

from pydantic import AfterValidator, BeforeValidator, Field

Item = TypeVar("Item")
_FLAGS = {"true": True, "false": False}  # pydantic would take yes, on and 1 too, which are texts in this language
_NUMBER = re.compile(r"[1-9][0-9]{0,3}")  # it would take 010, 1_000 and 1.0 too


def _counted(told: object) -> object:
    if not isinstance(told, int) and not _NUMBER.fullmatch(str(told)):
        raise ValueError("is no number from 1 to 9999; write digits, the first of them not 0")
    return told


def once_each(told: tuple[Item, ...] | None) -> tuple[Item, ...] | None:
    """The same items; ValueError if one stands twice."""
    for item, times in Counter(told or ()).items():
        if times > 1:
            raise ValueError(f"{item} stands twice; keep one")
    return told


Flag = Annotated[bool, BeforeValidator(lambda told: _FLAGS.get(told) if isinstance(told, str) else told)]
Count = Annotated[int, Field(ge=1, le=9999), BeforeValidator(_counted)]
Once = AfterValidator(once_each)
