"""dbt in this process; what it says is reduced to node names and kinds of error, for a message may hold a value."""

from __future__ import annotations

import gc
import os
import re
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from concepts.errors import BuildError, SotevaultError, hindrance
from concepts.metamodel import Frozen
from ingest.home import make_folder
from orchestration.progress import Advance, silent
from orchestration.settings import Settings

BAD = frozenset({"error", "fail", "runtime error", "partial success"})
KIND_OF_ERROR = re.compile(
    r"\b((?:Binder|Catalog|Compilation|Constraint|Conversion|Invalid Input|IO|Not implemented|Out of Memory|"
    r"Out of Range|Parser|TransactionContext|Internal) (?:Error|exception))",
    re.IGNORECASE,
)
# What our own macro says of a column whose type has changed: names and types.
TYPE_CHANGED = re.compile(r"\w+\.\w+ holds [\w(), ]+ and would get [\w(), ]+: keep the type[\w ,]*")
# New objects before a collection. dbt keeps a million: at Python's own pace a tenth of a build is looking through them.
RARELY = (50_000, 20, 100)


class Node(Frozen):
    """One thing that dbt built or tested."""

    unique_id: str
    name: str
    kind: str  # model, seed, test, unit_test
    status: str
    seconds: float
    failures: int | None = None  # rows that break a test

    @property
    def is_bad(self) -> bool:
        """Whether the node failed; a skipped node did not fail itself."""
        return self.status in BAD


class FailedNodesError(BuildError):
    """Some nodes failed; holds all that ran, so that each can be reported where it belongs."""

    def __init__(self, message: str, nodes: tuple[Node, ...]) -> None:
        super().__init__(message)
        self.nodes = nodes


def parse(settings: Settings) -> Any:
    """dbt's manifest of the project, also written to the target folder; BuildError tells what does not parse."""
    with _environment(settings):
        outcome = _dbt().invoke(["parse", *_flags(settings)])
    if not outcome.success:
        # Nothing has been read from the data yet, so the message holds names and text of ours only.
        told = f"the dbt project does not parse: {outcome.exception or outcome.result}"
        raise _hindrance(settings, outcome.exception) or BuildError(told)
    return outcome.result


def run_dbt(arguments: Sequence[str], settings: Settings, manifest: Any, advance: Advance = silent) -> tuple[Node, ...]:
    """Every node that one dbt command ran; FailedNodesError names the ones that failed."""
    runner = _dbt(manifest=manifest, callbacks=[_watch(advance)])
    with _environment(settings), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of libraries, about themselves; dbt's own are events
        try:
            outcome = runner.invoke([*arguments, *_flags(settings), "--no-write-json"])
        finally:
            _close_engine()
    results = list(getattr(outcome.result, "results", outcome.result or []))
    if hindered := _hindrance(settings, outcome.exception, *(told.message for told in results if told.status in BAD)):
        raise hindered
    if outcome.exception is not None:
        raise BuildError(f"dbt stopped with {type(outcome.exception).__name__}{_kind(outcome.exception)}")
    nodes = tuple(_node(result) for result in results)
    bad = [
        f"{node.name}{_kind(result.message)}{f' ({node.failures} rows)' if node.failures else ''}"
        for node, result in zip(nodes, results, strict=True)
        if node.is_bad
    ]
    if bad:
        raise FailedNodesError(_failure(bad, arguments), nodes)
    return nodes


def _dbt(**given: Any) -> Any:
    """dbt without the logger that it has until its flags are read, which no flag quiets: it prints tracebacks."""
    from dbt.cli.main import dbtRunner
    from dbt_common.events.event_manager_client import cleanup_event_logger

    cleanup_event_logger()
    return dbtRunner(**given)


def _hindrance(settings: Settings, *said: object) -> SotevaultError | None:
    return hindrance(*said, file=settings.warehouse, folder=settings.home)


def _failure(bad: Sequence[str], arguments: Sequence[str]) -> str:
    shown = "\n  ".join(bad[:20])
    more = f"\n  and {len(bad) - 20} more" if len(bad) > 20 else ""
    return (
        f"{len(bad)} of the nodes of dbt {arguments[0]} failed; nothing was published:\n  {shown}{more}\n"
        f"`dbt {arguments[0]} --select +NODE` in the checkout shows an engine's own message, which may hold values"
    )


def _node(result: Any) -> Node:
    node = result.node
    return Node(
        unique_id=node.unique_id,
        name=node.name,
        kind=str(node.resource_type),
        status=str(result.status),
        seconds=result.execution_time,
        failures=result.failures or None,
    )


def error_kind(message: str) -> str:
    """What may be told of an engine's message: its kind, and of a changed type which; empty if it names none."""
    kinds: list[str] = [*KIND_OF_ERROR.findall(message), *TYPE_CHANGED.findall(message)]
    return kinds[-1] if kinds else ""


def _kind(message: object) -> str:
    kind = error_kind(str(message))
    return f": {kind}" if kind else ""


def _watch(advance: Advance) -> Any:
    def on_event(event: Any) -> None:
        if event.info.name == "LogStartLine":
            advance(event.data.index - 1, event.data.total)

    return on_event


def _flags(settings: Settings) -> list[str]:
    # No log file and no console: both would repeat engine messages, and those may hold values.
    return [
        *("--project-dir", str(settings.project), "--profiles-dir", str(settings.project)),
        *("--target-path", str(settings.dbt_target), "--log-path", str(settings.dbt_target / "logs")),
        *("--log-level", "none", "--log-level-file", "none", "--no-send-anonymous-usage-stats"),
    ]


@contextmanager
def _environment(settings: Settings) -> Iterator[None]:
    """The variables that profiles.yml and the sources read, and rare collections, for the time of one dbt command."""
    make_folder(settings.warehouse.parent)
    wanted = {
        "SOTEVAULT_HOME": str(settings.home),
        "SOTEVAULT_THREADS": str(settings.threads),
        "SOTEVAULT_MEMORY": settings.memory,
    }
    before = {name: os.environ.get(name) for name in wanted}
    thresholds = gc.get_threshold()
    os.environ.update(wanted)
    gc.set_threshold(*RARELY)
    try:
        yield
    finally:
        gc.set_threshold(*thresholds)
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def _close_engine() -> None:
    """Let go of the vault's file: dbt keeps it open for the life of the process."""
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager

    if DuckDBConnectionManager._ENV is not None:
        DuckDBConnectionManager._ENV.close()
    DuckDBConnectionManager.close_all_connections()
