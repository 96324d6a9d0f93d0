"""The command line: one verb a step, exit codes by kind, no traceback and no person's value for the reader."""

from __future__ import annotations

import csv
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from concepts.errors import ModelError, SotevaultError
from orchestration import reporting
from orchestration.model_cli import Json, Tongue, add_verbs, given, place, tell
from orchestration.progress import stage
from orchestration.settings import PROJECT, Settings, read_settings
from orchestration.start import is_interrupted

if TYPE_CHECKING:  # both take seconds to import
    from expectations.running import Verdict
    from ingest.gate import IngestReport
    from ingest.receipts import Receipt
    from orchestration.steps import Built

UNEXPECTED = 70  # sysexits' EX_SOFTWARE

app = typer.Typer(
    help="From a wellbeing services county's extracts to a Data Vault and the figures of the organising act.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
Deliveries = Annotated[Path, given(help="Folder with delivered files and their manifests.", metavar="DIR")]


def main() -> None:
    """Run the command line; every error of ours ends with the exit code of its kind."""
    try:
        app()
    except Exception as error:
        if is_interrupted():  # whatever was made of it
            raise KeyboardInterrupt from None
        if not isinstance(error, SotevaultError) and _wants_all():
            raise
        told, code = _told(error)
        typer.echo(f"sotevault: {told}", err=True)
        sys.exit(code)


def _told(error: Exception) -> tuple[str, int]:
    """What is told of an error, and its exit code."""
    if isinstance(error, SotevaultError):
        return str(error), error.exit_code
    if isinstance(error, OSError) and error.strerror:
        where = error.filename or "the disk"
        return f"{where}: {error.strerror}; put that right (path, rights, room) and run again", SotevaultError.exit_code
    # The text of a foreign error may hold a value, so only its kind and place are told.
    place = traceback.extract_tb(error.__traceback__)[-1]
    told = f"unexpected {type(error).__name__} in {Path(place.filename).name}, line {place.lineno}"
    return f"{told}; SOTEVAULT_DEBUG=1 shows all, values included", UNEXPECTED


def _wants_all() -> bool:
    try:
        return read_settings().debug
    except ModelError:
        return False


@app.command()
def synthesise(
    out: Annotated[Path, place(help="Folder to write.")],
    county: Annotated[str, typer.Option(help="County code.")] = "20",
    population: Annotated[int, typer.Option(min=100)] = 20_000,
    months: Annotated[int, typer.Option(min=1, max=60)] = 12,
    seed: Annotated[int, typer.Option(help="Same seed, same bytes.")] = 612,
    defects: Annotated[bool, typer.Option("--defects", help="Add the faults that the gate must find.")] = False,
    as_json: Json = False,
) -> None:
    """Write deliveries of a county that does not exist, and apart from them the answers that it knows."""
    from ingest.synthetic.county import synthesise as write

    with stage("synthesise"):
        summary = write(out, county=county, population=population, months=months, seed=seed, defects=defects)
    tell(summary.model_dump(mode="json"), as_json, f"{out / 'deliveries'}: deliveries of county {county}")


@app.command()
def ingest(folder: Deliveries, as_json: Json = False) -> None:
    """Register and gate every delivery found in DIR."""
    from orchestration import steps

    with stage("ingest"):
        report = steps.ingest(read_settings(), folder)
    tell(report.model_dump(mode="json"), as_json, _received(report))
    report.raise_if_refused()


@app.command()
def build(as_json: Json = False) -> None:
    """Bring vault and marts in step with what was received."""
    settings = read_settings()
    built, _ = _build(settings)
    told = "nothing new to build" if built.is_unchanged else f"{len(built.nodes)} models, seeds and tests"
    tell(built.model_dump(mode="json"), as_json, told)


@app.command()
def release(as_json: Json = False) -> None:
    """Publish what the warehouse holds as a new release."""
    from orchestration import steps

    with stage("release"):
        published = steps.release(read_settings())
    tell(published.model_dump(mode="json"), as_json, str(published.folder))


@app.command()
def run(folder: Deliveries, language: Tongue = "en", as_json: Json = False) -> None:
    """Ingest DIR, build, check, release, and print the county's figures."""
    from orchestration import steps
    from orchestration.registry import source_totals

    settings = read_settings()
    with stage("ingest"):
        report = steps.ingest(settings, folder)
    built, promises = _build(settings)
    with stage("check and release"):
        published = steps.release(settings)
    found, totals = _figures(settings, language), source_totals(settings)
    if as_json:
        whole = {"ingest": report, "promises": promises, "release": published, "sources": totals, "figures": found}
        dumped = {name: _dumped(part) for name, part in whole.items()}
        tell({**dumped, "is_unchanged": built.is_unchanged}, True, "")
    else:
        console = reporting.console()
        reporting.print_figures(console, found, language)
        reporting.print_rows(console, totals, language)
        reporting.print_promises(console, (*promises, *published.verdicts), language)
        if built.is_unchanged and published.is_unchanged:
            console.print(reporting.WORDS["unchanged"][language])
        console.print(f"{reporting.WORDS['files'][language]}: {published.folder}", soft_wrap=True)
        console.print(f"{reporting.WORDS['next'][language]}: sotevault explain SAA-01 --language {language}")
        console.print(f'    sotevault query "{_EXAMPLE}"', soft_wrap=True, markup=False)
    report.raise_if_refused()


_EXAMPLE = "select period, value, coverage from fct_indicator where indicator = 'SAA-01' and sex_code = 'all'"


@app.command()
def query(
    sql: Annotated[str, typer.Argument(help="One select statement.")],
    release: Annotated[str | None, typer.Option(help="A release's id; the latest by default.")] = None,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV.")] = False,
    as_json: Json = False,
) -> None:
    """Ask a release in SQL; nothing can be changed and no other file can be read."""
    from marts.querying import query as ask

    columns, rows = ask(read_settings().releases, sql, release=release)
    if as_json:
        tell([dict(zip(columns, row, strict=True)) for row in rows], True, "")
    elif as_csv:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)
    else:
        reporting.print_cells(reporting.console(), columns, rows)


def _build(settings: Settings) -> tuple[Built, tuple[Verdict, ...]]:
    """Check what has landed and build on it; neither when the warehouse is in step."""
    from orchestration import steps

    if steps.is_in_step(settings):
        return steps.build(settings), ()
    with stage("check deliveries"):
        verdicts = steps.check_landing(settings)
        steps.refuse_broken_promises(verdicts)
    with stage("build vault and marts") as advance:
        return steps.build(settings, advance), verdicts


def _figures(settings: Settings, language: reporting.Language) -> tuple[reporting.Figure, ...]:
    from marts.cards import load_cards
    from marts.querying import query as ask

    columns, rows = ask(settings.releases, reporting.FIGURES.format(language=language))
    return reporting.figures(columns, rows, load_cards(PROJECT / "marts/cards"), language)


def _received(report: IngestReport) -> str:
    """What became of the files and their rows, reasons by file; a row's value is never told."""
    lines = [f"{len(report.receipts)} files handled, {len(report.refused)} refused, {len(report.waiting)} waiting"]
    for receipt in report.receipts:
        if receipt.state == "loaded":
            lines.append(
                f"{receipt.file}: {receipt.records} rows in = {receipt.loaded} loaded + {receipt.quarantined} "
                f"quarantined + {receipt.duplicates} duplicates{_reasons(receipt)}"
            )
        elif receipt.state == "already received":
            lines.append(f"{receipt.file}: already received")
    lines += [f"{name}: waits for its manifest" for name in report.waiting]
    return "\n".join(lines)


def _reasons(receipt: Receipt) -> str:
    told = [f"{reason} {count}" for reason, count in receipt.reasons.items()]
    told += [f"{reason} {count} (warning)" for reason, count in receipt.warnings.items()]
    return f"; {', '.join(told)}" if told else ""


def _dumped(part: Any) -> Any:
    return [item.model_dump(mode="json") for item in part] if isinstance(part, tuple) else part.model_dump(mode="json")


add_verbs(app)
