"""The generator: a concept model and its source mappings in, a dbt project's vault out."""

from concepts.generator.drift import drift
from concepts.generator.render import render

__all__ = ["drift", "render"]
