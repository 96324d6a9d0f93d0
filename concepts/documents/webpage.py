"""A page as HTML that everyone can read: language, skip link, table heads with scope, no script, nothing fetched."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from concepts.documents.parts import Block, Facts, Grid, Heading, Page, Paragraph, Picture, Said
from concepts.documents.words import LANGUAGES, NAMES, say

# Ink on white 17:1, links 8.6:1, and a focus ring that is seen: WCAG 2.2, 1.4.3, 1.4.6, 2.4.7.
_STYLE = """
:root { color-scheme: light; }
body { margin: 0 auto; max-width: 80rem; padding: 1rem; background: #ffffff; color: #1a1a1a;
  font: 1rem/1.5 Verdana, "DejaVu Sans", sans-serif; }
a { color: #0b4a8f; }
a:focus-visible, [tabindex]:focus-visible { outline: 3px solid #0b4a8f; outline-offset: 2px; }
.skip { position: absolute; left: -100rem; }
.skip:focus { left: 1rem; top: 1rem; padding: .5rem; background: #ffffff; }
.wide { overflow-x: auto; margin: 1rem 0; }
table { border-collapse: collapse; }
caption { text-align: left; font-weight: bold; padding: .25rem 0; }
th, td { border: 1px solid #767676; padding: .25rem .5rem; text-align: left; vertical-align: top; }
thead th { background: #eef4fb; }
th[scope=row] { font-weight: normal; }
dt { font-weight: bold; }
dd { margin: 0 0 .25rem 1.5rem; }
code { font-family: "DejaVu Sans Mono", Consolas, monospace; overflow-wrap: anywhere; }
"""


def webpage(page: Page) -> str:
    """The page's text."""
    language = page.language
    body = "\n".join(part for block in page.blocks for part in _block(block))
    return f"""<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(page.title)}</title>
<style>{_STYLE}</style>
</head>
<body>
<a class="skip" href="#main-content">{escape(say("skip", language))}</a>
<nav aria-label="{escape(say("pages", language))}">
<p>{_ways(page)}</p>
</nav>
<main id="main-content" tabindex="-1">
<h1>{escape(page.title)}</h1>
{body}
</main>
</body>
</html>
"""


def start_page() -> str:
    """The page that leads to every language."""
    links = "\n".join(
        f'<li lang="{language}">{NAMES[language]}: '
        + ", ".join(
            f'<a href="{language}/{name}.html">{say(name, language)}</a>' for name in ("dictionary", "glossary")
        )
        + "</li>"
        for language in LANGUAGES
    )
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>sotevault</title>
<style>{_STYLE}</style>
</head>
<body>
<main>
<h1>sotevault</h1>
<ul>
{links}
</ul>
</main>
</body>
</html>
"""


def _ways(page: Page) -> str:
    """Links to the sister page and to the page's other languages."""
    sister = "glossary" if page.name == "dictionary" else "dictionary"
    others = (
        f'<a href="../{other}/{page.name}.html" lang="{other}" hreflang="{other}">{NAMES[other]}</a>'
        for other in LANGUAGES
        if other != page.language
    )
    return " · ".join([f'<a href="{sister}.html">{escape(say(sister, page.language))}</a>', *others])


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading(level, text, anchor, name):
            code = f" <code>{escape(name)}</code>" if name else ""
            yield f'<h{level} id="{escape(anchor)}">{_said(text)}{code}</h{level}>'
        case Paragraph(text):
            yield f"<p>{escape(text)}</p>"
        case Facts(rows):
            told = "\n".join(
                f"<dt>{_said(label)}</dt><dd>{', '.join(map(_said, values))}</dd>" for label, values in rows
            )
            yield f"<dl>\n{told}\n</dl>"
        case Grid():
            yield _table(block)
        case Picture(_, svg, title):
            spoken = f'{_language(title)} aria-label="{escape(title.text)}"'
            yield f'<div class="wide" tabindex="0" role="region"{spoken}>\n{svg}</div>'


def _table(grid: Grid) -> str:
    heads = "".join(f'<th scope="col">{escape(head)}</th>' for head in grid.heads)
    rows = "\n".join(
        f'<tr><th scope="row"{_language(row[0])}>{_inner(row[0])}</th>'
        + "".join(f"<td{_language(told)}>{_inner(told)}</td>" for told in row[1:])
        + "</tr>"
        for row in grid.rows
    )
    return (
        f'<div class="wide" tabindex="0" role="region" aria-label="{escape(grid.caption)}">\n<table>\n'
        f"<caption>{escape(grid.caption)}</caption>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n"
        "</table>\n</div>"
    )


def _said(told: Said) -> str:
    return f"<span{_language(told)}>{_inner(told)}</span>" if told.language else _inner(told)


def _language(told: Said) -> str:
    return f' lang="{told.language}"' if told.language and told.text else ""


def _inner(told: Said) -> str:
    text = escape(told.text)
    if told.is_code and text:
        text = f"<code>{text}</code>"
    if told.anchor:
        page, _, anchor = told.anchor.partition("#")
        text = f'<a href="{page + ".html" if page else ""}#{escape(anchor)}">{text}</a>'
    return text
