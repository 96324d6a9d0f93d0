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
        for block in BLOCKS:
            kind, name = block.splitlines()[0].split(": ")
            (Path(folder) / kind).mkdir(exist_ok=True)
            (Path(folder) / kind / f"{name}.yml").write_text(block, encoding="utf-8")
        for name, text in QUERIES:
            (Path(folder) / "concept" / name).write_text(text, encoding="utf-8")
        model = load_model(Path(folder) / "concept")
        return model, load_sources(Path(folder) / "source", model)
