"""What the vault's loads always hold, shown on a lending library: books, members, loans."""

from __future__ import annotations

from decimal import Decimal
from itertools import permutations
from pathlib import Path

import pytest

from tests.spec.in_memory import InMemory

TERM = "term: {en: a, fi: b, sv: c}"
BODY = f"{TERM}\ndefinition: {{en: a, fi: b, sv: c}}\nsource: the library's rules\nowner: librarian\n"
MODEL = {
    "member": f"""concept: member
{BODY}key:
  member_number: {{type: string, {TERM}}}
satellites:
  home:
    attributes:
      town: {{type: string, {TERM}}}
      street: {{type: string, {TERM}}}
  phones:
    child_key: [phone]
    attributes:
      phone: {{type: string, {TERM}}}
      phone_kind: {{type: string, {TERM}}}
""",
    "book": f"""concept: book
{BODY}key:
  shelf: {{type: string, {TERM}}}
  place: {{type: integer, {TERM}}}
satellites:
  keeping:
    attributes:
      condition: {{type: string, {TERM}}}
links:
  keeping: {{participants: [{{role: keeper, concept: member}}]}}
""",
    "fine": f"""concept: fine
kind: transaction
{BODY}key:
  fine_number: {{type: string, {TERM}}}
satellites:
  entry:
    attributes:
      amount: {{type: decimal, {TERM}}}
links:
  entry: {{participants: [member]}}
""",
}
SOURCES = {
    "desk": f"""source: desk
{TERM}
owner: librarian
tables:
  member:
    files: member_*.csv
    semantics: full
    key: [number]
    columns: {{number: {{}}, town: {{}}, street: {{}}}}
    feeds:
      member: {{key: {{member_number: number}}, attributes: {{town: town, street: street}}}}
  phone:
    files: phone_*.csv
    semantics: delta
    key: [number, phone]
    columns: {{number: {{}}, phone: {{}}, kind: {{}}}}
    feeds:
      member: {{key: {{member_number: number}}, attributes: {{phone: phone, phone_kind: kind}}}}
  book:
    files: book_*.csv
    semantics: delta
    key: [shelf, place]
    columns: {{shelf: {{}}, place: {{}}, condition: {{}}, keeper: {{}}}}
    feeds:
      book: {{key: {{shelf: shelf, place: place}}, attributes: {{condition: condition}}}}
      keeper: {{concept: member, key: {{member_number: keeper}}}}
  fine:
    files: fine_*.csv
    semantics: event
    key: [fine_number]
    columns: {{fine_number: {{}}, number: {{}}, amount: {{}}}}
    feeds:
      fine: {{key: {{fine_number: fine_number}}, attributes: {{amount: amount}}}}
      member: {{key: {{member_number: number}}}}
"""
}
HOME = "sat_member_home__desk_member"


@pytest.fixture(scope="session")
def library_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("library")  # one for all tests, so that dbt parses the project once


@pytest.fixture
def library(library_folder: Path) -> InMemory:
    return InMemory(library_folder, MODEL, SOURCES)


def member(town: str | None, number: str = "a") -> list[dict[str, str | None]]:
    return [{"number": number, "town": town, "street": None}]


def test_a_value_that_changes_back_keeps_all_three_versions_and_a_repeat_adds_none(library: InMemory) -> None:
    for day, town in (
        ("2025-01-01", "Paris"),
        ("2025-01-02", "Oslo"),
        ("2025-01-03", "Paris"),
        ("2025-01-04", "Paris"),
    ):
        library.deliver("desk.member", day, member(town))
    library.build()

    assert library.history(HOME, "a", "town") == [
        ("2025-01-01", "Paris"),
        ("2025-01-02", "Oslo"),
        ("2025-01-03", "Paris"),
    ]


def test_a_late_delivery_takes_its_place_even_where_a_later_one_had_been_left_out_as_unchanged(
    library: InMemory,
) -> None:
    library.deliver("desk.member", "2025-01-01", member("Paris"))
    library.build()
    library.deliver("desk.member", "2025-01-03", member("Paris"))
    library.build()
    assert library.history(HOME, "a", "town") == [("2025-01-01", "Paris")]

    library.deliver("desk.member", "2025-01-02", member("Oslo"))
    library.build()

    assert library.history(HOME, "a", "town") == [
        ("2025-01-01", "Paris"),
        ("2025-01-02", "Oslo"),
        ("2025-01-03", "Paris"),
    ]


def test_a_second_build_with_nothing_new_adds_no_row(library: InMemory) -> None:
    library.deliver("desk.member", "2025-01-01", [*member("Paris"), *member("Oslo", "b")])
    library.build()
    before = library.ask(
        "select table_name, estimated_size from duckdb_tables() where schema_name = 'raw_vault' order by 1"
    )
    library.build()

    after = library.ask(
        "select table_name, estimated_size from duckdb_tables() where schema_name = 'raw_vault' order by 1"
    )
    assert after == before


def test_absence_from_a_full_delivery_is_a_departure_and_absence_from_a_delta_is_not(library: InMemory) -> None:
    library.deliver("desk.member", "2025-01-01", [*member("Paris"), *member("Oslo", "b")])
    library.deliver("desk.member", "2025-01-02", member("Paris"))
    library.deliver("desk.book", "2025-01-01", [{"shelf": "A", "place": 1, "condition": "new", "keeper": "a"}])
    library.deliver("desk.book", "2025-01-02", [{"shelf": "A", "place": 2, "condition": "new", "keeper": "a"}])
    library.build()

    assert library.history("status_member__desk_member", "b", "is_present") == [
        ("2025-01-01", True),
        ("2025-01-02", False),
    ]
    assert library.ask("select member_number from business_vault.current_member order by 1") == [("a",)]
    assert library.ask("select place from business_vault.current_book order by 1") == [(1,), (2,)]


def test_someone_who_left_and_came_back_is_present_again(library: InMemory) -> None:
    library.deliver("desk.member", "2025-01-01", member("Paris"))
    library.deliver("desk.member", "2025-01-03", member("Paris"))
    library.build()
    library.deliver("desk.member", "2025-01-02", [])
    library.build()

    assert library.history("status_member__desk_member", "a", "is_present") == [
        ("2025-01-01", True),
        ("2025-01-02", False),
        ("2025-01-03", True),
    ]
    assert library.history(HOME, "a", "town") == [("2025-01-01", "Paris")]


def test_someone_whose_row_is_in_quarantine_has_not_left(library: InMemory) -> None:
    library.deliver("desk.member", "2025-01-01", member("Paris"))
    library.deliver("desk.member", "2025-01-02", [{"number": "a", "is_quarantined": True}])
    library.build()

    assert library.history("status_member__desk_member", "a", "is_present") == [("2025-01-01", True)]
    assert library.history(HOME, "a", "town") == [("2025-01-01", "Paris")]


def test_null_and_empty_text_are_two_values(library: InMemory) -> None:
    for day, town in (("2025-01-01", None), ("2025-01-02", ""), ("2025-01-03", None)):
        library.deliver("desk.member", day, member(town))
    library.build()

    assert library.history(HOME, "a", "town") == [("2025-01-01", None), ("2025-01-02", ""), ("2025-01-03", None)]


def test_two_payloads_for_one_key_and_time_are_a_conflict_and_neither_is_loaded(library: InMemory) -> None:
    library.deliver(
        "desk.member", "2025-01-01", [*member("Paris"), *member("Oslo"), *member("Rome", "b"), *member("Rome", "b")]
    )
    library.build()

    assert library.history(HOME, "a", "town") == []
    assert library.history(HOME, "b", "town") == [("2025-01-01", "Rome")]
    counts = "staged, unknown_key, new, unchanged, duplicate, conflicting"
    assert library.ask(f"select {counts} from ledger.load_ledger where target = '{HOME}'") == [(4, 0, 1, 0, 1, 2)]


def test_a_row_without_a_key_is_counted_and_hangs_on_the_unknown_member(library: InMemory) -> None:
    library.deliver("desk.book", "2025-01-01", [{"shelf": "A", "place": 1, "condition": "new", "keeper": None}])
    library.build()

    assert library.ask("select keeper_hk::varchar from business_vault.current_book") == [
        ("00000000-0000-0000-0000-000000000000",)
    ]
    assert library.ask("select unknown_key from ledger.load_ledger where target = 'hub_member'") == [(1,)]


def test_a_set_of_phones_is_one_version_whatever_the_order_of_its_rows(library: InMemory) -> None:
    home, work = {"number": "a", "phone": "1", "kind": "home"}, {"number": "a", "phone": "2", "kind": "work"}
    library.deliver("desk.phone", "2025-01-01", [home, work])
    library.deliver("desk.phone", "2025-01-02", [work, home])
    library.deliver("desk.phone", "2025-01-03", [work])
    library.build()

    assert sorted(library.history("masat_member_phones__desk_phone", "a", "phone")) == [
        ("2025-01-01", "1"),
        ("2025-01-01", "2"),
        ("2025-01-03", "2"),
    ]
    assert library.ask("select phone from business_vault.current_member_phones") == [("2",)]


def test_a_relation_that_flips_back_holds_again_from_that_time_on(library: InMemory) -> None:
    for day, keeper in (("2025-01-01", "a"), ("2025-01-02", "b"), ("2025-01-03", "a")):
        library.deliver("desk.book", day, [{"shelf": "A", "place": 1, "condition": "new", "keeper": keeper}])
    library.build()

    assert library.ask("select count(*) from raw_vault.lnk_book_keeping where record_source <> 'ghost'") == [(2,)]
    assert library.ask(
        "select h.member_number from raw_vault.effsat_book_keeping__desk_book as e "
        "join raw_vault.lnk_book_keeping as l using (book_keeping_hk) "
        "join raw_vault.hub_member as h on h.member_hk = l.keeper_hk "
        "where e.record_source <> 'ghost' order by e.extract_datetime"
    ) == [("a",), ("b",), ("a",)]


def test_an_event_is_loaded_once_however_often_it_is_told(library: InMemory) -> None:
    fine = {"fine_number": "1", "number": "a", "amount": Decimal("2.50")}
    library.deliver("desk.fine", "2025-01-01", [fine])
    library.build()
    library.deliver("desk.fine", "2025-01-02", [fine, {"fine_number": "2", "number": "a", "amount": Decimal("-2.50")}])
    library.build()

    assert library.ask(
        "select fine_number, amount::varchar from raw_vault.nhl_fine__desk_fine "
        "where record_source <> 'ghost' order by 1"
    ) == [
        ("1", "2.50"),
        ("2", "-2.50"),
    ]


def test_a_snapshot_in_parts_waits_for_its_last_part(library: InMemory) -> None:
    library.deliver("desk.member", "2025-01-01", member("Paris"), part=1, parts=2)
    library.build()
    assert library.ask("select count(*) from business_vault.current_member") == [(0,)]

    library.deliver("desk.member", "2025-01-01", member("Oslo", "b"), part=2, parts=2)
    library.build()
    assert library.ask("select member_number from business_vault.current_member order by 1") == [("a",), ("b",)]


@pytest.mark.parametrize("order", list(permutations(range(3)))[1:])
def test_any_order_of_deliveries_gives_the_same_current_state(library: InMemory, order: tuple[int, ...]) -> None:
    deliveries = [("2025-01-01", "Paris"), ("2025-01-02", "Oslo"), ("2025-01-03", "Paris")]
    for number in order:
        day, town = deliveries[number]
        library.deliver("desk.member", day, [*member(town), *(member("Rome", "b") if number != 1 else [])])
        library.build()

    assert library.ask("select member_number, town from business_vault.current_member order by 1") == [
        ("a", "Paris"),
        ("b", "Rome"),
    ]
    assert library.history("status_member__desk_member", "b", "is_present") == [
        ("2025-01-01", True),
        ("2025-01-02", False),
        ("2025-01-03", True),
    ]
