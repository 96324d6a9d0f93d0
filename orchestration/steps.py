"""The steps from a delivery to a release, as plain functions: the command line and Dagster call the same ones."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from concepts.contract import Contract
from concepts.errors import BuildError, ExpectationError, ModelError, ReleaseError, hindrance
from concepts.metamodel import Frozen
from ingest.gate import IngestReport, ingest_folder
from ingest.home import Home, single_writer
from marts.cards import load_cards
from marts.release import publish
from orchestration.building import Node, parse, run_dbt
from orchestration.progress import Advance, silent
from orchestration.registry import (
    contents,
    current_state,
    delivery_ids,
    forget_build,
    last_build,
    project_digest,
    remember_build,
    source_totals,
)
from orchestration.settings import Settings

if TYPE_CHECKING:  # Great Expectations takes seconds to import
    from expectations.running import Verdict

# The vault first and whole, with its tests; the marts only when it stands.
VAULT = ("--select", "path:concepts/codes", "path:vault_models", "--indirect-selection", "cautious")
MARTS = ("--select", "path:marts", "--indirect-selection", "eager")


class Built(Frozen):
    """What a build did; nothing when the warehouse already was in step."""

    is_unchanged: bool
    nodes: tuple[Node, ...] = ()


class Published(Frozen):
    """The release that now is the latest, and how it kept what we promise receivers."""

    release_id: str
    folder: Path
    is_unchanged: bool
    verdicts: tuple[Any, ...] = ()


def contracts(settings: Settings) -> dict[str, Contract]:
    """The generated contract of every delivered table, by its name ``<source>__<table>``."""
    files = sorted((settings.project / "vault_models/generated/contracts").glob("*.json"))
    if not files:
        raise ModelError("vault_models/generated/contracts is empty; run `sotevault generate`")
    return {file.stem: Contract.model_validate_json(file.read_text(encoding="utf-8")) for file in files}


def ingest(settings: Settings, folder: Path) -> IngestReport:
    """Register and gate every delivery under a folder; the report also names what was refused, for the supplier."""
    return ingest_folder(
        folder,
        home=Home(settings.home),
        contracts=contracts(settings),
        code_sets=settings.project / "concepts/codes",
        test_identities=settings.test_identities,
        clock=lambda: datetime.now(UTC),
    )


def is_in_step(settings: Settings) -> bool:
    """Whether the warehouse already holds all that was received, built by the project as it is now."""
    return last_build(settings) == current_state(settings)


@contextmanager
def writing(settings: Settings) -> Iterator[None]:
    """Alone in the home. A full disk is told with its folder, which the system does not name."""
    with single_writer(Home(settings.home)):
        try:
            yield
        except OSError as error:
            raise hindrance(error, file=settings.warehouse, folder=settings.home) or error from None


def build(settings: Settings, advance: Advance = silent) -> Built:
    """Bring vault and marts in step with the landing; a warehouse that is in step is left alone."""
    with writing(settings):
        _need_deliveries(settings)
        state, last = current_state(settings), last_build(settings)
        if state == last:
            return Built(is_unchanged=True)
        forget_build(settings)
        manifest = parse(settings)
        nodes: tuple[Node, ...] = ()
        without = ["--exclude-resource-type", "seed"]
        if last is None or last.project != state.project:
            # Code sets and rules of law are our text. Anew, because dbt never changes the types of a seed that exists.
            nodes += run_dbt(["seed", "--full-refresh"], settings, manifest, advance)
        else:
            without.append("unit_test")  # they are about our SQL, which has not changed
        nodes += run_dbt(["build", *VAULT, *without], settings, manifest, advance)
        nodes += run_dbt(["build", *MARTS, *without], settings, manifest, advance)
        remember_build(settings, state)
        return Built(is_unchanged=False, nodes=nodes)


def check_landing(settings: Settings) -> tuple[Verdict, ...]:
    """What suppliers promise us, looked up in what has landed."""
    from expectations.at_landing import check_landing as check

    _need_deliveries(settings)
    return check(settings.landing, contracts(settings), code_sets=settings.project / "concepts/codes")


def check_release(settings: Settings, database: Path) -> tuple[Verdict, ...]:
    """What we promise receivers, looked up in the analysts' file before anyone can read it."""
    from expectations.at_release import check_release as check

    return check(database, cards=load_cards(settings.project / "marts/cards"), threshold=settings.threshold)


def refuse_broken_promises(verdicts: Iterable[Verdict]) -> None:
    """ExpectationError that names every critical rule that does not hold; no value."""
    broken = [verdict for verdict in verdicts if verdict.severity == "critical" and not verdict.passed]
    if broken:
        told = "\n  ".join(f"{verdict.suite}: {verdict.rule}" for verdict in broken)
        raise ExpectationError(f"{len(broken)} promises are broken, so nothing was published:\n  {told}")


def release_id(settings: Settings) -> str:
    """The name of the release that the warehouse's content makes: latest extract date and a digest of all inputs."""
    totals = source_totals(settings)
    if not totals:
        raise ReleaseError("nothing has been received yet; run `sotevault run DIR` first")
    inputs = [*contents(settings), project_digest(settings.project), str(settings.threshold)]
    latest = max(total.latest_extract for total in totals).date()
    return f"{latest.isoformat()}-{hashlib.sha256(' '.join(inputs).encode()).hexdigest()[:8]}"


def release(settings: Settings) -> Published:
    """Publish what the warehouse holds as a new immutable folder; one that exists is left alone."""
    with writing(settings):
        _need_warehouse(settings)
        if not is_in_step(settings):
            raise ReleaseError("the warehouse is not in step with what was received; run `sotevault build` first")
        name = release_id(settings)
        folder = settings.releases / name
        if is_published(settings, name):
            return Published(release_id=name, folder=folder, is_unchanged=True)
        verdicts: list[Verdict] = []

        def check(database: Path) -> None:
            verdicts.extend(check_release(settings, database))
            refuse_broken_promises(verdicts)

        publish(
            settings.warehouse,
            settings.releases,
            release_id=name,
            model_version=model_version(settings),
            watermarks=watermarks(settings),
            threshold=settings.threshold,
            check=check,
        )
        return Published(release_id=name, folder=folder, is_unchanged=False, verdicts=tuple(verdicts))


def is_published(settings: Settings, name: str) -> bool:
    """Whether the release exists, whole, and is the latest."""
    pointer = settings.releases / "latest"
    whole = (settings.releases / name / "manifest.json").is_file()
    return whole and pointer.is_file() and pointer.read_text(encoding="utf-8").strip() == name


def watermarks(settings: Settings) -> Mapping[str, str]:
    """By source, the latest extract time (UTC) that the warehouse holds."""
    return {total.source: f"{total.latest_extract.isoformat()}Z" for total in source_totals(settings)}


def model_version(settings: Settings) -> str:
    """The version of sotevault and of the project's text, as the release's manifest tells it."""
    return f"{metadata.version('sotevault')}+{project_digest(settings.project)[:8]}"


def _need_deliveries(settings: Settings) -> None:
    if not delivery_ids(settings):
        raise BuildError("nothing has been received yet; run `sotevault ingest DIR` first")


def _need_warehouse(settings: Settings) -> None:
    if not settings.warehouse.is_file():
        raise ReleaseError("there is no warehouse yet; run `sotevault build` first")
