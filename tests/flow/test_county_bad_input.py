"""What the person at the command line sees of a bad delivery, with the county's real contracts.

A delivery that breaks its contract as a whole is refused with exit code 11 and a sentence for the supplier: file,
column, remedy. A bad row is counted with its reason. Everything else is loaded, and no value is ever shown.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from orchestration.cli import main
from tests.flow.county import County, make_county, receipts

Lines = list[str]


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> County:
    return make_county(tmp_path_factory.mktemp("clean"), population=300, months=1)


@pytest.fixture(scope="module")
def defective(tmp_path_factory: pytest.TempPathFactory) -> County:
    return make_county(tmp_path_factory.mktemp("defective"), population=300, months=1, defects=True)


class Told(NamedTuple):
    """How one command ended: exit code, and all that it printed."""

    code: int
    text: str


class Terminal:
    """A person's terminal over an empty home and a delivery folder."""

    def __init__(self, root: Path, patch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.home, self.folder = root / "home", root / "in"
        self.folder.mkdir()
        self._patch, self._capsys = patch, capsys
        patch.setenv("SOTEVAULT_HOME", str(self.home))
        patch.setenv("SOTEVAULT_TEST_IDENTITIES", "persons")

    def run(self, *words: str) -> Told:
        self._patch.setattr(sys, "argv", ["sotevault", *words])
        try:
            main()
            code: object = 0
        except SystemExit as end:
            code = end.code or 0
        told = self._capsys.readouterr()
        assert isinstance(code, int)
        return Told(code, told.out + told.err)

    def deliver(
        self, county: County, name: str, change: Callable[[bytes], bytes] = bytes, *, honest: bool = True
    ) -> str:
        """Put one file of the first delivery into the folder; an honest manifest tells of the file as it is."""
        (file,) = county.arriving[0].glob(f"{name}_*.csv")
        content = change(file.read_bytes())
        manifest = json.loads(file.with_name(f"{file.name}.manifest.json").read_text(encoding="utf-8"))
        if honest:
            manifest |= {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
            manifest["records"] = len(content.splitlines()) - 1
        (self.folder / file.name).write_bytes(content)
        (self.folder / f"{file.name}.manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
        return file.name


@pytest.fixture
def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Terminal:
    return Terminal(tmp_path, monkeypatch, capsys)


def on_lines(change: Callable[[Lines], Lines], encoding: str = "iso-8859-1") -> Callable[[bytes], bytes]:
    return lambda content: ("\n".join(change(content.decode(encoding).splitlines())) + "\n").encode(encoding)


def on_cells(change: Callable[[list[Lines]], list[Lines]], encoding: str = "iso-8859-1") -> Callable[[bytes], bytes]:
    """A change of the table of cells, header first; the synthetic files quote nothing."""
    return on_lines(lambda lines: [";".join(row) for row in change([line.split(";") for line in lines])], encoding)


def without(header: str) -> Callable[[bytes], bytes]:
    def change(rows: list[Lines]) -> list[Lines]:
        place = rows[0].index(header)
        return [[*row[:place], *row[place + 1 :]] for row in rows]

    return on_cells(change)


def put(header: str, value: str, *, more: dict[str, str] | None = None) -> Callable[[bytes], bytes]:
    """The second record (some first ones come twice) with another value in one column (and in ``more``)."""

    def change(rows: list[Lines]) -> list[Lines]:
        for name, text in {header: value, **(more or {})}.items():
            rows[2][rows[0].index(name)] = text
        return rows

    return on_cells(change)


def again(header: str | None = None, value: str = "") -> Callable[[bytes], bytes]:
    """The second record twice, then with another value if a column is named."""

    def change(rows: list[Lines]) -> list[Lines]:
        copy = list(rows[2])
        if header:
            copy[rows[0].index(header)] = value
        return [*rows, copy]

    return on_cells(change)


REFUSED = {
    # case: file, change, what the sentence names, what it asks for
    "a missing column": ("lahete", without("EA"), '"EA"', "deliver them under these names"),
    "a renamed column": (
        "lahete", on_lines(lambda rows: [rows[0].replace("KOKU", "KUNTA_NYT"), *rows[1:]]),
        '"KOKU"', "deliver them under these names"),
    "a column too many": (
        "lahete", on_cells(lambda rows: [[*rows[0], "PUHELIN"], *([*row, "x"] for row in rows[1:])]),
        '"PUHELIN"', "Leave them out"),
    "another encoding": (
        "yksikot", lambda content: content.decode("utf-8").encode("iso-8859-1"), "utf-8", "write it in that encoding"),
    "a wrong delimiter": (
        "lahete", lambda content: content.replace(b";", b"|"), "header", 'separate fields with ";"'),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_a_delivery_that_breaks_its_contract_is_refused_with_11_and_the_others_are_in(
    case: str, clean: County, terminal: Terminal
) -> None:
    name, change, named, remedy = REFUSED[case]
    file, other = terminal.deliver(clean, name, change), terminal.deliver(clean, "asia")

    told = terminal.run("ingest", str(terminal.folder))

    assert told.code == 11
    assert f"sotevault: {file}: " in told.text
    assert named in told.text
    assert remedy in told.text
    assert {r["file"]: (r["state"], r["loaded"] > 0) for r in receipts(terminal.home)} == {
        file: ("refused", False),
        other: ("loaded", True),
    }
    assert [f.name for f in (terminal.home / "landing").glob("*__*/*") if f.stem.strip("0")] != []


def test_a_truncated_file_is_refused_with_11_and_delivered_whole_it_is_in(clean: County, terminal: Terminal) -> None:
    file = terminal.deliver(clean, "lahete", lambda content: content[:-100], honest=False)
    cut = terminal.run("ingest", str(terminal.folder))
    terminal.deliver(clean, "lahete")
    whole = terminal.run("ingest", str(terminal.folder))

    assert (cut.code, whole.code) == (11, 0)
    assert f"{file}: The file has" in cut.text
    assert "deliver it again" in cut.text
    assert [(r["state"], r["reasons"]) for r in receipts(terminal.home)] == [
        ("refused", {"size_differs": 1}),
        ("loaded", {}),
    ]


BAD_CODE = "010190-999Y"
QUARANTINED = {
    # case: file, change, reason, rows in quarantine
    "a bad check character": ("lahete", put("TNRO", BAD_CODE), "bad_identity_code", 1),
    "a code that no code set has": ("lahete", put("EA", "ZZ"), "unknown_code", 1),
    "a date that does not exist": ("lahete", put("LANTTUPVA", "31.02.2025"), "bad_date", 1),
    "an hour that the clocks skipped": ("avohilmo", put("KAYNTI_LOPPUI", "30.03.2025 03:30"), "bad_datetime", 1),
    "two rows of one key that disagree": ("lahete", again("LANT", "5"), "conflicting_row", 2),
}


@pytest.mark.parametrize("case", QUARANTINED)
def test_a_bad_row_is_counted_with_its_reason_and_all_others_are_loaded(
    case: str, clean: County, terminal: Terminal
) -> None:
    name, change, reason, rows = QUARANTINED[case]
    file = terminal.deliver(clean, name, change)

    told = terminal.run("ingest", str(terminal.folder))

    (receipt,) = receipts(terminal.home)
    assert told.code == 0
    assert f"{rows} quarantined" in told.text
    assert f"{reason} {rows}" in told.text
    assert BAD_CODE not in told.text
    assert receipt["file"] == file
    assert (receipt["reasons"], receipt["quarantined"]) == ({reason: rows}, rows)
    assert receipt["loaded"] == receipt["records"] - rows - receipt["duplicates"]


WARNED = {
    "a contact type that was no longer valid at the visit": (
        "avohilmo", put("KAYNTI_YHTEYSTAPA", "R50", more={"KAYNTI_ALKOI": "03.05.2021 10:00"}), "expired_code"),
    "a municipality that was merged before the event": (
        "lahete", put("KOKU", "588", more={"LANTTUPVA": "02.01.2025", "LANTKASPVA": ""}), "expired_code"),
    "a municipality that never was": ("lahete", put("KOKU", "000"), "unknown_code"),
}  # fmt: skip


@pytest.mark.parametrize("case", WARNED)
def test_an_event_with_a_doubtful_code_stays_and_the_code_is_counted(
    case: str, clean: County, terminal: Terminal
) -> None:
    name, change, warning = WARNED[case]
    terminal.deliver(clean, name)
    terminal.run("ingest", str(terminal.folder))
    (before,) = receipts(terminal.home)
    terminal.deliver(clean, name, change)
    manifest = next(terminal.folder.glob("*.manifest.json"))
    later = json.loads(manifest.read_text(encoding="utf-8")) | {"extract_datetime": "2025-02-10T06:00:00+02:00"}
    manifest.write_text(json.dumps(later), encoding="utf-8")

    told = terminal.run("ingest", str(terminal.folder))

    _, receipt = receipts(terminal.home)
    assert told.code == 0
    assert receipt["loaded"] == before["loaded"]
    assert receipt["warnings"].get(warning, 0) == before["warnings"].get(warning, 0) + 1
    assert f"{warning} {receipt['warnings'][warning]} (warning)" in told.text


def test_a_row_that_comes_twice_is_loaded_once_and_counted(clean: County, terminal: Terminal) -> None:
    terminal.deliver(clean, "jono", again())

    told = terminal.run("ingest", str(terminal.folder))

    (receipt,) = receipts(terminal.home)
    assert (told.code, receipt["duplicates"], receipt["quarantined"]) == (0, 1, 0)
    assert "1 duplicates" in told.text


def test_columns_in_another_order_are_found_by_their_names(clean: County, terminal: Terminal) -> None:
    terminal.deliver(clean, "lahete", on_cells(lambda rows: [row[::-1] for row in rows]))

    told = terminal.run("ingest", str(terminal.folder))

    (receipt,) = receipts(terminal.home)
    assert (told.code, receipt["state"], receipt["quarantined"], receipt["warnings"]) == (0, "loaded", 0, {})


def test_a_file_without_its_manifest_waits(clean: County, terminal: Terminal) -> None:
    file = terminal.deliver(clean, "lahete")
    (terminal.folder / f"{file}.manifest.json").unlink()

    told = terminal.run("ingest", str(terminal.folder))

    assert told.code == 0
    assert f"{file}: waits for its manifest" in told.text


def test_every_planted_fault_is_quarantined_for_its_reason_and_every_good_row_is_loaded(
    clean: County, defective: County, terminal: Terminal
) -> None:
    folder_of = {file.name: file.parent.name for file in defective.deliveries.rglob("*") if file.is_file()}
    expected: dict[tuple[str, str, str], Counter[str]] = {}
    for row in defective.answers("expected_quarantine"):
        expected.setdefault((row["source"], row["table"], row["delivery"]), Counter())[row["reason"]] += int(
            row["count"]
        )
    good = {  # what the same county without faults delivers, each row once
        tuple(key.split("|")): int(records) - int(duplicates)
        for (key, records), (_, duplicates) in zip(
            *([(r["key"], r["value"]) for r in clean.answers("figures") if r["figure"] == figure]
              for figure in ("records", "duplicates")), strict=True)
    }  # fmt: skip

    told = terminal.run("ingest", str(defective.deliveries))

    assert told.code == 0
    assert len(expected) >= 20
    for receipt in receipts(terminal.home):
        place = (receipt["source"], receipt["table"], folder_of[receipt["file"]])
        assert Counter(receipt["reasons"]) == expected.get(place, Counter()), place
        assert receipt["quarantined"] == expected.get(place, Counter()).total(), place
        assert receipt["loaded"] == good[f"{place[0]}.{place[1]}", place[2]], place
