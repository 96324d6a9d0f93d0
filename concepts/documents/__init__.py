"""Documents out of the model: dictionary and glossary in fi, sv, en, a picture per subject area, column lineage."""

from concepts.documents.site import documents

__all__ = ["documents"]
