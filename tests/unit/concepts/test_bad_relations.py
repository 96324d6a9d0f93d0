"""Relations, days and rules that contradict themselves are refused with file, key and remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from concepts.loading import load_model
from tests.unit.concepts.small_models import BOOK, TERM, concept, desk, fault_of, faults_of, write

# Relations


def test_a_relation_to_nothing_is_refused(tmp_path: Path) -> None:
    fault = fault_of(tmp_path, {"book": concept("book", links="  loan: {participants: [reader]}")})
    assert fault == "book.yml: links.loan: no concept reader; add reader.yml or mend the name"


def test_two_concepts_that_drive_each_other_are_refused(tmp_path: Path) -> None:
    model = {
        "book": concept("book", links="  loan: {participants: [reader]}"),
        "reader": concept("reader", links="  borrowing: {participants: [book]}"),
    }
    fault = fault_of(tmp_path, model)
    assert fault == (
        "book.yml: links: book -> reader -> book is a cycle of driving keys (book.yml links.loan, reader.yml "
        "links.borrowing); keep one end, set driven: false in another, or give the participant a role if it means "
        "another thing"
    )


def test_a_cycle_of_three_is_told_once(tmp_path: Path) -> None:
    model = {
        "a": concept("a", links="  x: {participants: [b]}"),
        "b": concept("b", links="  x: {participants: [c]}"),
        "c": concept("c", links="  x: {participants: [a]}"),
    }
    assert fault_of(tmp_path, model).startswith("a.yml: links: a -> b -> c -> a is a cycle")


def test_an_undriven_end_or_a_role_of_its_own_is_no_cycle(tmp_path: Path) -> None:
    model = {
        "department": concept("department", links="  head: {participants: [{role: head, concept: employee}]}"),
        "employee": concept("employee", links="  work: {participants: [department]}"),
        "project": concept("project", links="  staffing: {participants: [employee], driven: 'false'}"),
    }
    assert set(load_model(write(tmp_path / "model", model)).concepts) == set(model)


def test_one_role_in_two_driven_links_would_be_one_column_twice(tmp_path: Path) -> None:
    links = "  loan: {participants: [reader]}\n  reservation: {participants: [reader]}"
    fault = fault_of(tmp_path, {"book": concept("book", links=links), "reader": concept("reader")})
    assert fault.startswith("book.yml: links.loan and links.reservation: reader is in each, so reader_hk would stand")


def test_an_event_has_one_satellite(tmp_path: Path) -> None:
    fault = fault_of(tmp_path, {"fine": concept("fine", kind="transaction", aspects="a=x: string; b=y: string")})
    assert fault.startswith("fine.yml: satellites: a transaction has exactly one satellite")


# Relations of a sort, their keys and aspects


@pytest.mark.parametrize("sort", ["hierarchy", "same_as"])
@pytest.mark.parametrize("others", ["reader", "{role: upper, concept: book}, {role: top, concept: book}"])
def test_a_hierarchy_joins_a_concept_with_itself_in_one_other_role(tmp_path: Path, sort: str, others: str) -> None:
    links = f"  above: {{sort: {sort}, participants: [{others}]}}"
    fault = fault_of(tmp_path, {"book": concept("book", links=links), "reader": concept("reader")})
    assert fault == (
        f"book.yml: links.above: a {sort} joins book with itself in one other role; name that one participant"
    )


def test_of_a_same_as_each_points_to_one_other(tmp_path: Path) -> None:
    links = "  one: {sort: same_as, driven: 'false', participants: [{role: first, concept: book}]}"
    fault = fault_of(tmp_path, {"book": concept("book", links=links)})
    assert fault == "book.yml: links.one: of a same_as each points to one other; take driven: false out"


def test_a_concept_called_master_would_have_its_key_twice_in_a_same_as(tmp_path: Path) -> None:
    links = "  twin: {sort: same_as, participants: [{role: other, concept: master}]}"
    fault = fault_of(tmp_path, {"master": concept("master", links=links)})
    assert fault.startswith("master.yml: links.twin: master_hk would be the key of the concept and of the one that")


def test_a_sort_of_relation_that_there_is_not_is_refused_with_those_there_are(tmp_path: Path) -> None:
    links = "  above: {sort: tree, participants: [{role: upper, concept: book}]}"
    fault = fault_of(tmp_path, {"book": concept("book", links=links)})
    assert fault.startswith('book.yml: links.above.sort: no such choice "tree"; use one of')


SHARE = f"child_key: {{share: {{type: integer, term: {TERM}}}}}"
TERMS = f"satellites: {{terms: {{attributes: {{due: {{type: date, term: {TERM}}}}}}}}}"
LOAN = {
    "book": concept("book", links=f"  loan: {{participants: [reader], {SHARE}, {TERMS}}}"),
    "reader": concept("reader"),
}
READER = "\n      reader: {key: {reader_number: r}}"


def test_the_key_of_a_relation_is_fed_with_its_attributes(tmp_path: Path) -> None:
    feeds = "book: {key: {book_number: nr}, attributes: {due: d}}" + READER
    fault = fault_of(tmp_path, LOAN, desk(columns="nr: {}, r: {}, d: {}", feeds=feeds))
    assert fault == "desk.yml: tables.book.feeds.book.attributes: loan needs its child_key share too; feed it"


def test_the_key_of_a_relation_is_fed_where_the_relation_is_asked_for(tmp_path: Path) -> None:
    feeds = "book: {key: {book_number: nr}, links: [loan]}" + READER
    fault = fault_of(tmp_path, LOAN, desk(columns="nr: {}, r: {}", feeds=feeds))
    assert fault == "desk.yml: tables.book.feeds.book.attributes: loan needs its child_key share too; feed it"


def test_an_attribute_of_a_relation_has_a_name_that_no_other_has(tmp_path: Path) -> None:
    twice = concept("book", aspects="keeping=due: date", links=f"  loan: {{participants: [reader], {TERMS}}}")
    fault = fault_of(tmp_path, {"book": twice, "reader": concept("reader")})
    assert fault == "book.yml: attribute due is declared twice; give each meaning one name"


def test_a_word_of_sql_is_no_attribute_of_a_relation_either(tmp_path: Path) -> None:
    links = f"  loan: {{participants: [reader], {SHARE}, {TERMS}}}".replace("share:", "order:").replace("due:", "user:")
    assert faults_of(tmp_path, {"book": concept("book", links=links), "reader": concept("reader")}) == [
        "book.yml: links.loan.child_key: order is a word that SQL keeps for itself; choose another name",
        "book.yml: links.loan.satellites.terms.attributes: user is a word that SQL keeps for itself; "
        "choose another name",
    ]


# Days, bridges, validity, rules by hand


def test_a_bridge_whose_path_breaks_off_is_refused_where_it_does(tmp_path: Path) -> None:
    bridges = "bridges: {a: {path: [loan]}, b: {path: [loan, author.home]}, c: {path: [loan, reader.home]}}"
    model = {
        "book": concept("book", links="  lending: {participants: [reader]}", more=bridges.replace("[loan", "[lending")),
        "reader": concept("reader", more="bridges: {d: {path: [loan]}}"),
    }
    assert faults_of(tmp_path, model) == [
        "book.yml: bridges.b.path: author.home: no earlier relation of the path reaches author; "
        "put one that does before it",
        "book.yml: bridges.c.path: reader.home: reader has no link home; mend the name",
        "reader.yml: bridges.d.path: loan: reader has no link loan; mend the name",
    ]


@pytest.mark.parametrize("days", ["nowhere", "reader", "genre", "span"])
def test_the_days_of_a_calendar_are_a_reference_whose_key_is_one_date(tmp_path: Path, days: str) -> None:
    more = f"point_in_time: {{satellites: [keeping], calendar: {{days_of: {days}}}}}"
    model = {
        "book": concept("book", aspects="keeping=weight: decimal", more=more),
        "reader": concept("reader", key="born: date"),
        "genre": concept("genre", kind="reference"),
        "span": concept("span", kind="reference", key="from_day: date, to_day: date"),
    }
    assert fault_of(tmp_path, model) == (
        f"book.yml: point_in_time.calendar.days_of: {days} is no reference whose key is one date; name one"
    )


def test_a_calendar_keeps_only_days_that_it_has(tmp_path: Path) -> None:
    days = "satellites: [keeping]"

    def told(calendar: str) -> str:
        return concept(
            "book", aspects="keeping=weight: decimal", more=f"point_in_time: {{{days}, calendar: {calendar}}}"
        )

    assert fault_of(tmp_path, {"book": told("{every: quarter, keep: {day: 2}}")}) == (
        "book.yml: point_in_time.calendar.keep: the end of a day is not always that of a quarter; "
        "write every: day, or leave every out"
    )
    for calendar in ("{every: month, keep: {month: 24, year: 5}}", "{keep: {day: 31, month: 24}}"):
        assert load_model(write(tmp_path, {"book": told(calendar)}))["book"].point_in_time


def test_a_calendar_has_periods_that_there_are(tmp_path: Path) -> None:
    told = concept("book", aspects="keeping=weight: decimal")
    more = "point_in_time: {satellites: [keeping], calendar: {every: fortnight, keep: {day: 0, hour: 3}}}\n"
    faults = faults_of(tmp_path, {"book": told + more})
    where = "book.yml: point_in_time.calendar"
    assert [fault.split(": ")[1] for fault in faults] == [
        "point_in_time.calendar.every",
        "point_in_time.calendar.keep.day",
        "point_in_time.calendar.keep.hour",
    ]
    assert faults[0].startswith(f'{where}.every: no such choice "fortnight"; use one of')


def test_only_a_reference_has_validity_and_by_dates_that_it_has(tmp_path: Path) -> None:
    more = "validity: {begins: used_from, ends: weight}"
    aspects = "keeping=used_from: date, weight: decimal"
    model = {
        "book": concept("book", aspects=aspects, more=more),
        "genre": concept("genre", kind="reference", aspects="naming=genre_name: string", more=more),
    }
    assert faults_of(tmp_path, model) == [
        "book.yml: validity: only a reference has it; take it out",
        "book.yml: validity: weight is no date attribute of book; name one",
        "genre.yml: validity: used_from is no date attribute of genre; name one",
        "genre.yml: validity: weight is no date attribute of genre; name one",
    ]


def test_a_reference_has_one_row_a_key_and_no_relations(tmp_path: Path) -> None:
    named = concept("genre", kind="reference", aspects="naming=genre_name: string")
    several = named.replace("  naming:\n", "  naming:\n    child_key: [genre_name]\n")
    assert fault_of(tmp_path / "a", {"genre": several}) == (
        "genre.yml: satellites: a reference has one row a key; take child_key out, "
        "or put what tells rows apart into the key"
    )
    related = concept("genre", kind="reference", links="  above: {participants: [{role: upper, concept: genre}]}")
    assert fault_of(tmp_path / "b", {"genre": related}) == (
        "genre.yml: a reference has no links; take them out or leave kind out"
    )


def test_only_a_transaction_is_told_anew_and_it_has_no_history_to_follow(tmp_path: Path) -> None:
    model = {
        "book": concept("book", more="told_anew: corrects"),
        "fine": concept("fine", kind="transaction", aspects="entry=amount: decimal", more="tracked: 'true'"),
    }
    assert faults_of(tmp_path, model) == [
        "book.yml: told_anew: only a transaction is told anew, a hub has versions; take it out",
        "fine.yml: point_in_time, bridges, tracked: a transaction has no history to follow; take them out",
    ]


HOSTILE = ['x"; drop table hub_book; --', "{{ env_var('X') }}", "x' or '1'='1"]


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize(
    "more",
    [
        "links: {NAME: {participants: [book]}}",
        "links: {loan: {participants: [{role: NAME, concept: book}]}}",
        "links: {loan: {participants: [{role: r, concept: book}], child_key: {NAME: {type: date}}}}",
        "links: {loan: {participants: [{role: r, concept: book}], satellites: {NAME: {attributes: {}}}}}",
        "bridges: {NAME: {path: [loan]}}",
        "bridges: {way: {path: [NAME]}}",
        "bridges: {way: {path: [loan], calendar: {days_of: NAME}}}",
        "validity: {begins: NAME, ends: bought_on}",
        "point_in_time: {satellites: [NAME]}",
    ],
)
def test_no_other_name_carries_text_into_sql_either(tmp_path: Path, more: str, name: str) -> None:
    quoted = "'" + name.replace("'", "''") + "'"
    faults = faults_of(tmp_path, {"book": f"{BOOK}{more.replace('NAME', quoted)}\n"})
    assert any("not a name; use lower-case letters" in fault for fault in faults)
