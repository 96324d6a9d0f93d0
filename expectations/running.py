"""Promises put to Great Expectations and answered as verdicts: passed or not, never a value."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from concepts.errors import ExpectationError
from concepts.metamodel import Frozen

# Both tell where files of their own lie; the second has a level of its own.
TALKATIVE = ("great_expectations", "great_expectations.data_context.types.base")

Severity = Literal["critical", "warning", "info"]


class Sentence(Frozen):
    """What the promise is, said to the one who gave it or gets it."""

    en: str
    fi: str


class Verdict(Frozen):
    """The answer to one promise."""

    suite: str
    rule: str
    severity: Severity
    passed: bool
    table: str
    sentence: Sentence


@dataclass(frozen=True)
class Promise:
    """One promise about a table, as an expectation of Great Expectations with its arguments."""

    rule: str
    severity: Severity
    sentence: Sentence
    expectation: str
    arguments: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Suite:
    """The promises about one table of a database."""

    name: str
    table: str
    promises: tuple[Promise, ...]


def never(condition: str) -> dict[str, Any]:
    """Arguments of an UnexpectedRowsExpectation: no row meets the SQL condition."""
    doubled = condition.replace("{", "{{").replace("}", "}}")  # the query passes through str.format
    return {"unexpected_rows_query": f"select 1 as found from {{batch}} where {doubled} limit 1"}


def judge(database: Path, suites: Sequence[Suite]) -> tuple[Verdict, ...]:
    """Put every promise to the database, opened read-only; ExpectationError if one cannot be asked."""
    with _asking(database) as ask:
        return tuple(verdict for suite in suites if suite.promises for verdict in _judge_suite(ask, suite))


@contextmanager
def _asking(database: Path) -> Iterator[Any]:
    """A data source of an ephemeral context; nothing is written or sent, and the file is free afterwards."""
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    import great_expectations as gx  # costs seconds, so only where promises are judged
    from great_expectations.data_context.types.base import ProgressBarsConfig

    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False, metric_calculations=False)
    add_sql: Any = context.data_sources.add_sql  # its type stub does not know kwargs
    source = add_sql(
        "warehouse",
        connection_string=f"duckdb:///{database}",
        create_temp_table=False,
        # Without both, the rows are gone before Great Expectations reads them.
        kwargs={
            "isolation_level": "AUTOCOMMIT",
            "skip_autocommit_rollback": True,
            "connect_args": {"read_only": True},
        },
    )
    try:
        yield source
    finally:
        source.get_execution_engine().close()
        source.get_engine().dispose()  # both, or the file stays locked in this process


def _judge_suite(source: Any, suite: Suite) -> list[Verdict]:
    import great_expectations as gx

    asset = source.add_query_asset(suite.name, query=f'select * from "{suite.table}"')
    batch = asset.add_batch_definition_whole_table("all").get_batch()
    asked = gx.ExpectationSuite(name=suite.name)
    for number, promise in enumerate(suite.promises):
        kind = getattr(gx.expectations, promise.expectation)
        asked.add_expectation(kind(meta={"number": number}, **promise.arguments))
    # BOOLEAN_ONLY is the one result format without values of the data.
    answers = {
        answer.expectation_config.meta["number"]: answer
        for answer in batch.validate(asked, result_format="BOOLEAN_ONLY").results
    }
    return [_verdict(suite, promise, answers[number]) for number, promise in enumerate(suite.promises)]


def _verdict(suite: Suite, promise: Promise, answer: Any) -> Verdict:
    if _was_not_asked(answer.exception_info or {}):
        raise ExpectationError(
            f"{suite.name}: rule {promise.rule} could not be asked of {suite.table}; see that its columns exist there"
        )
    return Verdict(
        suite=suite.name,
        rule=promise.rule,
        severity=promise.severity,
        passed=bool(answer.success),
        table=suite.table,
        sentence=promise.sentence,
    )


def _was_not_asked(told: dict[str, Any]) -> bool:
    """Great Expectations counts its own errors as failures; one dictionary, or one a metric."""
    parts = [told, *(part for part in told.values() if isinstance(part, dict))]
    return any(part.get("raised_exception") for part in parts)
