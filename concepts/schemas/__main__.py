"""Writes the schemas beside this file."""

from pathlib import Path

from concepts.schemas import schemas

for name, text in schemas().items():
    Path(__file__).with_name(name).write_text(text, encoding="utf-8")
