"""What a page is made of, before it is written as Markdown or HTML."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from concepts.wording import Language

Spoken = Language | Literal["se"]  # Northern Sámi: of a term, not of a page


@dataclass(frozen=True)
class Said:
    """A text; in another language than its page's, or a technical name, if it says so."""

    text: str
    language: Spoken | None = None
    is_code: bool = False
    anchor: str = ""  # of a heading on the page, or of another page after its file name, that it leads to


@dataclass(frozen=True)
class Heading:
    """A title with the anchor that links lead to, and the technical name of what it is about if it has one."""

    level: int
    text: Said
    anchor: str
    name: str = ""


@dataclass(frozen=True)
class Paragraph:
    """A text of its own in the language of the page."""

    text: str


@dataclass(frozen=True)
class Facts:
    """Labelled values in reading order."""

    rows: tuple[tuple[Said, tuple[Said, ...]], ...]


@dataclass(frozen=True)
class Grid:
    """A table whose first column names its rows."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Said, ...], ...]


@dataclass(frozen=True)
class Picture:
    """A drawing: the file that holds it, for pages that only point to it, and its text, for pages that hold it."""

    file: str
    svg: str
    title: Said


Block = Heading | Paragraph | Facts | Grid | Picture


@dataclass(frozen=True)
class Page:
    """One page in one language; its name is that of its file without the ending."""

    name: str
    language: Language
    title: str
    blocks: tuple[Block, ...]
