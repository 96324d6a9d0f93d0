"""The one place where a name of the warehouse is made."""

from __future__ import annotations

import re
from pathlib import Path

KEY_ENDING, DIFFERENCE_ENDING = "_hk", "_hashdiff"


def staging(source: str, table: str) -> str:
    """The table in which one delivered table is typed and hashed."""
    return f"stg_{source}__{table}"


def hub(concept: str, *, is_reference: bool = False) -> str:
    """The table of every key of a concept."""
    return f"{'rhub' if is_reference else 'hub'}_{concept}"


def hub_key(role: str) -> str:
    """The column of the hash key of whoever stands in the role; of a concept by its own name."""
    return f"{role}{KEY_ENDING}"


def link(concept: str, name: str) -> str:
    """The table of every relation of that name which the concept owns."""
    return f"lnk_{concept}_{name}"


def link_key(concept: str, name: str) -> str:
    """The column of the hash key of a relation."""
    return f"{concept}_{name}{KEY_ENDING}"


def satellite(subject: str, aspect: str, origin: str, *, multi_active: bool, is_reference: bool = False) -> str:
    """A satellite's name; the subject is a concept, or a relation as ``<concept>_<link>``."""
    kind = "rsat" if is_reference else "masat" if multi_active else "sat"
    return f"{kind}_{subject}_{aspect}__{origin}"


def computed(concept: str, aspect: str) -> str:
    """The table of an aspect that a rule computes."""
    return f"bsat_{concept}_{aspect}"


def effectivity(concept: str, name: str, origin: str) -> str:
    """The table that tells since when a relation of one owner holds, by one origin."""
    return f"effsat_{concept}_{name}__{origin}"


def status(subject: str, origin: str) -> str:
    """The table that tells whether the subject, a concept or a relation, is there, by one origin."""
    return f"status_{subject}__{origin}"


def telling(subject: str, origin: str) -> str:
    """The table of the first times that an origin told of a relation."""
    return f"telling_{subject}__{origin}"


def record_tracking(concept: str, origin: str) -> str:
    """The table of the deliveries that named a key."""
    return f"rts_{concept}__{origin}"


def transaction(concept: str, origin: str) -> str:
    """The table of the events that one origin tells."""
    return f"nhl_{concept}__{origin}"


def reference(concept: str) -> str:
    """The view of a reference concept as it is known now."""
    return f"ref_{concept}"


def current(concept: str, aspect: str | None = None) -> str:
    """The view of a concept as it is known now; with an aspect, of that part whose rows are a set."""
    return f"current_{concept}_{aspect}" if aspect else f"current_{concept}"


def entries(concept: str) -> str:
    """The view of events as entries and counter-entries."""
    return f"entries_{concept}"


def as_of(table: str) -> str:
    """The view on both time axes of a table of history."""
    return f"asof_{table}"


def hierarchy(concept: str, name: str) -> str:
    """The view of everyone above each one, along a relation of sort hierarchy."""
    return f"hierarchy_{concept}_{name}"


def same_as(concept: str, name: str) -> str:
    """The view of which one stands for all that are the same, along a relation of that sort."""
    return f"same_as_{concept}_{name}"


def bridge(concept: str, name: str) -> str:
    """The table of a concept's way along relations."""
    return f"bridge_{concept}_{name}"


def point_in_time(concept: str) -> str:
    """The table of the versions in force on the snapshot days."""
    return f"pit_{concept}"


def hash_difference(role: str, aspect: str) -> str:
    """The staged column that tells one version of an aspect from another."""
    return f"{role}_{aspect}{DIFFERENCE_ENDING}"


def repeated(role: str, source: str, table: str) -> str:
    """The table of the keys that several staged records of a delivered table name in the role."""
    return f"repeated_{role}__{source}_{table}"


def ledger(source: str, table: str) -> str:
    """The table of what became of a delivered table's staged records."""
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
