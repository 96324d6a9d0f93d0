"""The lending library that the page of the YAML language teaches with: it uses every key, so it has every entity."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from concepts.loading import load_model, load_sources
from concepts.metamodel import ConceptModel
from concepts.sources import SourceMapping

PAGE = (Path(__file__).parents[3] / "concepts" / "LANGUAGE.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```yaml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
QUERIES = re.findall(r"^```sql\n-- (\S+)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


@cache
def example() -> tuple[ConceptModel, tuple[SourceMapping, ...]]:
    """The page's examples as a checked model and its mappings."""
    with TemporaryDirectory() as folder:
        write_example(Path(folder))
        model = load_model(Path(folder) / "concept")
        return model, load_sources(Path(folder) / "source", model)


def write_example(folder: Path, *, concept: str = "concept", source: str = "source") -> None:
    """The page's examples as files, in a folder of concepts and one of mappings."""
    folders = {"concept": folder / concept, "source": folder / source}
    for path in folders.values():
        path.mkdir()
    for block in BLOCKS:
        kind, name = block.splitlines()[0].split(": ")
        (folders[kind] / f"{name}.yml").write_text(block, encoding="utf-8")
    for name, text in QUERIES:
        (folders["concept"] / name).write_text(text, encoding="utf-8")
