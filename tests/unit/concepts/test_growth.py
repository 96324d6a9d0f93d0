"""What reading and generating a model costs grows with its attributes, and not with their square."""

from __future__ import annotations

import sys
from pathlib import Path
from types import FrameType
from typing import Any

import concepts
from concepts.generator.render import render
from concepts.overlay import load
from tests.unit.concepts.small_models import concept, desk, write

OURS = str(Path(concepts.__file__).parent)


def steps(folder: Path, attributes: int) -> int:
    """How many lines of ours run until a concept with so many attributes, all delivered, is generated."""
    names = [f"page_{number}" for number in range(attributes)]
    book = concept("book", aspects=f"pages={', '.join(f'{name}: string' for name in names)}")
    columns = ", ".join(f"{name}: {{}}" for name in ("nr", *names))
    fed = ", ".join(f"{name}: {name}" for name in names)
    source = desk(columns, f"book: {{key: {{book_number: nr}}, attributes: {{{fed}}}}}")
    places = write(folder / "model", {"book": book}), write(folder / "sources", source)
    counted = 0

    def step(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal counted
        if not frame.f_code.co_filename.startswith(OURS):
            return None
        counted += event == "line"
        return step

    before = sys.gettrace()
    sys.settrace(step)
    try:
        render(*load(*places))
    finally:
        sys.settrace(before)
    return counted


def test_twice_the_attributes_are_twice_the_work(tmp_path: Path) -> None:
    assert steps(tmp_path / "many", 160) < 2.2 * steps(tmp_path / "few", 80)
