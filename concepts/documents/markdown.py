"""A page as Markdown, in the common dialect with tables."""

from __future__ import annotations

import re
from collections.abc import Iterator

from concepts.documents.parts import Block, Facts, Grid, Heading, Page, Paragraph, Picture, Said
from concepts.documents.words import LANGUAGES, NAMES, say

_SPECIAL = re.compile(r"([\\`*_\[\]<>|#])")


def markdown(page: Page) -> str:
    """The page's text."""
    parts = [f"# {_plain(page.title)}", _ways(page), *(part for block in page.blocks for part in _block(block))]
    return "\n\n".join(parts) + "\n"


def _ways(page: Page) -> str:
    """Links to the sister page and to the page's other languages."""
    sister = "glossary" if page.name == "dictionary" else "dictionary"
    others = (f"[{NAMES[other]}](../{other}/{page.name}.md)" for other in LANGUAGES if other != page.language)
    return " · ".join([f"[{say(sister, page.language)}]({sister}.md)", *others])


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading(level, text, _, name):
            yield f"{'#' * level} {_said(text)}" + (f" (`{name}`)" if name else "")
        case Paragraph(text):
            yield _plain(text)
        case Facts(rows):
            yield "\n".join(f"- **{_said(label)}**: {', '.join(map(_said, told))}" for label, told in rows)
        case Grid(caption, heads, rows):
            lines = [" | ".join(map(_plain, heads)), " | ".join("---" for _ in heads)]
            lines += [" | ".join(map(_said, row)) for row in rows]
            yield f"**{_plain(caption)}**"
            yield "\n".join(f"| {line} |" for line in lines)
        case Picture(file, _, title):
            yield f"![{_said(title)}]({file})"


def _said(told: Said) -> str:
    return f"`{told.text}`" if told.is_code and told.text else _plain(told.text)


def _plain(text: str) -> str:
    """The text in one line, with nothing left that Markdown or HTML would read as its own."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split())).replace("\\<", "&lt;").replace("\\>", "&gt;")
