"""The one place where a name of the warehouse is made."""

from __future__ import annotations

import re
from pathlib import Path


def staging(source: str, table: str) -> str:
    return f"stg_{source}__{table}"


def hub(concept: str, *, is_reference: bool = False) -> str:
    return f"{'rhub' if is_reference else 'hub'}_{concept}"


def hub_key(role: str) -> str:
    return f"{role}_hk"


def link(concept: str, name: str) -> str:
    return f"lnk_{concept}_{name}"


def link_key(concept: str, name: str) -> str:
    return f"{concept}_{name}_hk"


def satellite(subject: str, aspect: str, origin: str, *, multi_active: bool, is_reference: bool = False) -> str:
    """A satellite's name; the subject is a concept, or a relation as ``<concept>_<link>``."""
    kind = "rsat" if is_reference else "masat" if multi_active else "sat"
    return f"{kind}_{subject}_{aspect}__{origin}"


def computed(concept: str, aspect: str) -> str:
    return f"bsat_{concept}_{aspect}"


def effectivity(concept: str, name: str, origin: str) -> str:
    return f"effsat_{concept}_{name}__{origin}"


def status(subject: str, origin: str) -> str:
    return f"status_{subject}__{origin}"


def telling(subject: str, origin: str) -> str:
    return f"telling_{subject}__{origin}"


def record_tracking(concept: str, origin: str) -> str:
    return f"rts_{concept}__{origin}"


def transaction(concept: str, origin: str) -> str:
    return f"nhl_{concept}__{origin}"


def reference(concept: str) -> str:
    return f"ref_{concept}"


def current(concept: str, aspect: str | None = None) -> str:
    return f"current_{concept}_{aspect}" if aspect else f"current_{concept}"


def entries(concept: str) -> str:
    return f"entries_{concept}"


def as_of(table: str) -> str:
    """The view on both time axes of a table of history."""
    return f"asof_{table}"


def hierarchy(concept: str, name: str) -> str:
    return f"hierarchy_{concept}_{name}"


def same_as(concept: str, name: str) -> str:
    return f"same_as_{concept}_{name}"


def bridge(concept: str, name: str) -> str:
    return f"bridge_{concept}_{name}"


def point_in_time(concept: str) -> str:
    return f"pit_{concept}"


def hash_difference(role: str, aspect: str) -> str:
    return f"{role}_{aspect}_hashdiff"


def repeated(role: str, source: str, table: str) -> str:
    return f"repeated_{role}__{source}_{table}"


def ledger(source: str, table: str) -> str:
    return f"ledger_{source}__{table}"


def origin(source: str, table: str, role: str, concept: str) -> str:
    """Where a satellite's rows come from: source and table, and the role where it is not the concept's own name."""
    return f"{source}_{table}" if role == concept else f"{source}_{table}_{role}"


# dbt's own packages, and words that YAML does not read as text.
_TAKEN_PROJECTS = {"dbt", "dbt_duckdb", "dbt_spark", "on", "off", "yes", "no", "y", "n", "true", "false", "null"}


def project_name(folder: Path) -> str:
    """A dbt project's name out of its folder's: small letters, digits and underscores, a letter first."""
    plain = re.sub(r"[^a-z0-9]+", "_", folder.resolve().name.lower()).strip("_")
    is_free = plain[:1].isalpha() and plain not in _TAKEN_PROJECTS
    return plain if is_free else f"vault_{plain}".rstrip("_")
