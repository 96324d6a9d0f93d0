"""A bad model or mapping is refused before anything is generated: file, key and remedy, all faults at once."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from concepts.errors import ModelError
from concepts.generator import render
from concepts.loading import load_model, load_sources
from concepts.yaml_text import read_yaml

TERM = "{en: a, fi: b, sv: c}"
HEAD = f"term: {TERM}\ndefinition: {TERM}\nsource: the library's rules\nowner: librarian\n"


def concept(name: str, *, kind: str = "hub", key: str = "", aspects: str = "", links: str = "", more: str = "") -> str:
    """A concept file; key as ``name: type``, aspects as ``aspect: [name: type, ...]``, links and more as YAML."""
    text = f"concept: {name}\nkind: {kind}\n{HEAD}key:\n{_attributes(key or f'{name}_number: string', '  ')}"
    if aspects:
        text += "satellites:\n"
        for told in aspects.split("; "):
            aspect, _, rest = told.partition("=")
            text += f"  {aspect}:\n    attributes:\n{_attributes(rest, '      ')}"
    return text + (f"links:\n{links}\n" if links else "") + (f"{more}\n" if more else "")


def _attributes(told: str, indent: str) -> str:
    pairs = (part.split(": ") for part in told.split(", "))
    return "".join(f"{indent}{name}: {{type: {type_}, term: {TERM}}}\n" for name, type_ in pairs)


def write(folder: Path, files: dict[str, str]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.yml").write_text(text, encoding="utf-8")
    return folder


def faults_of(folder: Path, model: dict[str, str], sources: dict[str, str] | None = None) -> list[str]:
    """The lines of the refusal."""
    with pytest.raises(ModelError) as refusal:
        loaded = load_model(write(folder / "model", model))
        if sources is not None:
            load_sources(write(folder / "sources", sources), loaded)
    return str(refusal.value).splitlines()


def fault_of(folder: Path, model: dict[str, str], sources: dict[str, str] | None = None) -> str:
    """The only line of the refusal."""
    (fault,) = faults_of(folder, model, sources)
    return fault


BOOK = concept("book", aspects="keeping=weight: decimal, bought_on: date")


def desk(columns: str = "nr: {}", feeds: str = "book: {key: {book_number: nr}}", more: str = "") -> dict[str, str]:
    """A source with one table."""
    table = f"  book:\n    files: b_*.csv\n    semantics: full\n    key: [nr]\n    columns: {{{columns}}}\n    feeds:\n"
    return {"desk": f"source: desk\nterm: {TERM}\nowner: librarian\ntables:\n{table}      {feeds}\n{more}"}


# Names and types


def test_an_unknown_type_is_refused_with_the_types_there_are(tmp_path: Path) -> None:
    fault = fault_of(tmp_path, {"book": concept("book", aspects="keeping=weight: kilo")})
    assert fault.startswith('book.yml: satellites.keeping.attributes.weight.type: no such choice "kilo"; use one of')
    assert "'decimal'" in fault


@pytest.mark.parametrize("word", ["select", "left", "by", "user"])
def test_a_word_of_sql_is_no_attribute(tmp_path: Path, word: str) -> None:
    fault = fault_of(tmp_path, {"book": concept("book", aspects=f"keeping={word}: string")})
    assert fault == (
        f"book.yml: satellites.keeping.attributes: {word} is a word that SQL keeps for itself; choose another name"
    )


def test_a_word_of_sql_may_be_a_concept_for_the_vault_never_writes_it_alone(tmp_path: Path) -> None:
    model = load_model(write(tmp_path / "model", {"order": concept("order")}))
    feeds = desk(feeds="order: {key: {order_number: nr}}")
    names = render(model, load_sources(write(tmp_path / "sources", feeds), model))
    assert {"models/raw_vault/hub_order.sql", "models/business_vault/current_order.sql"} <= set(names)


@pytest.mark.parametrize(
    "name", ['x"; drop table hub_book; --', "{{ env_var('X') }}", "x' or '1'='1", "Book", "a__b", "1st", "päivä", "a b"]
)
def test_a_name_that_could_carry_other_text_into_sql_is_refused(tmp_path: Path, name: str) -> None:
    quoted = "'" + name.replace("'", "''") + "'"
    faults = faults_of(tmp_path, {"book": BOOK.replace("weight:", f"{quoted}:")})
    assert any("not a name; use lower-case letters" in fault for fault in faults)
    assert all(fault.startswith("book.yml: satellites.keeping.attributes") for fault in faults)


def test_an_injected_concept_name_is_refused_too(tmp_path: Path) -> None:
    fault = fault_of(tmp_path, {"book": concept("'x; drop table y'", key="book_number: string")})
    assert fault.startswith("book.yml: concept: not a name;")


@pytest.mark.parametrize("text", ["{{ env_var('HOME') }}", "{% do run_query('drop table x') %}", "{# hidden #}"])
@pytest.mark.parametrize("key", ["definition", "term"])
def test_a_template_in_a_text_is_refused_because_dbt_would_run_it(tmp_path: Path, key: str, text: str) -> None:
    quoted = "'" + text.replace("'", "''") + "'"
    told = BOOK.replace(f"{key}: {TERM}", f"{key}: {{en: {quoted}, fi: b, sv: c}}", 1)
    fault = fault_of(tmp_path, {"book": told})
    assert fault.startswith(f"book.yml: {key}.en: holds {{{{, {{% or {{#, which dbt would run as a template")


def test_a_template_in_a_header_of_a_mapping_is_refused(tmp_path: Path) -> None:
    header = '"{{ env_var(1) }}"'
    fault = fault_of(tmp_path, {"book": BOOK}, desk(columns=f"nr: {{}}, {header}: {{name: x}}"))
    assert fault.startswith("desk.yml: tables.book.columns: holds {{")


def test_a_mark_that_turns_the_direction_of_text_is_refused(tmp_path: Path) -> None:
    fault = fault_of(tmp_path, {"book": BOOK.replace("librarian", "libr\u202earian")})
    assert fault.startswith("book.yml: owner: holds an invisible mark")


@pytest.mark.parametrize("name", ["reader_hk", "keeping_hashdiff"])
def test_an_attribute_is_not_called_like_a_key_that_the_generator_makes(tmp_path: Path, name: str) -> None:
    fault = fault_of(tmp_path, {"book": concept("book", aspects=f"keeping={name}: string")})
    assert fault.startswith(f"book.yml: satellites.keeping.attributes: {name} ends like a key or hash")


def test_an_attribute_is_not_called_like_a_column_of_every_row(tmp_path: Path) -> None:
    fault = fault_of(tmp_path, {"book": concept("book", key="record_source: string")})
    assert fault.startswith("book.yml: key: record_source is a column that the vault adds to every row")


def test_an_attribute_is_not_called_like_a_column_that_the_loads_use_on_the_way(tmp_path: Path) -> None:
    fault = fault_of(tmp_path, {"book": concept("book", aspects="keeping=copies: integer")})
    assert fault.startswith("book.yml: satellites.keeping.attributes: copies is a column that the vault's loads")


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
    assert fault == "book.yml: file: attribute due is declared twice; give each meaning one name"


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


def test_a_calendar_has_periods_that_there_are(tmp_path: Path) -> None:
    told = concept("book", aspects="keeping=weight: decimal")
    more = "point_in_time: {satellites: [keeping], calendar: {every: fortnight, keep: {day: 0, hour: 3}}}\n"
    faults = faults_of(tmp_path, {"book": told + more})
    where = "book.yml: point_in_time.calendar"
    assert [fault.split(": ")[1] for fault in faults] == [
        "point_in_time.calendar.every",
        "point_in_time.calendar.keep.day",
        "point_in_time.calendar.keep.hour.[key]",
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
    assert fault_of(tmp_path / "b", {"genre": related}) == "genre.yml: file: a reference has no links"


def test_only_a_transaction_is_told_anew_and_it_has_no_history_to_follow(tmp_path: Path) -> None:
    model = {
        "book": concept("book", more="told_anew: corrects"),
        "fine": concept("fine", kind="transaction", aspects="entry=amount: decimal", more="tracked: 'true'"),
    }
    assert faults_of(tmp_path, model) == [
        "book.yml: told_anew: only a transaction is told anew, a hub has versions; take it out",
        "fine.yml: point_in_time, bridges, tracked: a transaction has no history to follow; take them out",
    ]


COMPUTED = concept("book", aspects="score=points: integer").replace("  score:\n", "  score:\n    computed: score.sql\n")


def test_a_query_that_is_not_there_is_missed(tmp_path: Path) -> None:
    assert fault_of(tmp_path, {"book": COMPUTED}) == (
        "book.yml: satellites.score.computed: no score.sql beside the concepts; add it or mend the name"
    )


def test_what_a_query_computes_no_source_feeds(tmp_path: Path) -> None:
    write(tmp_path / "model", {})
    (tmp_path / "model" / "score.sql").write_text("select 1", encoding="utf-8")
    feeds = "book: {key: {book_number: nr}, attributes: {points: p}}"
    fault = fault_of(tmp_path, {"book": COMPUTED}, desk(columns="nr: {}, p: {}", feeds=feeds))
    assert fault == ("desk.yml: tables.book.feeds.book.attributes: points is computed, no source feeds it; take it out")


def test_a_query_computes_no_aspect_of_a_relation_and_no_set_of_rows(tmp_path: Path) -> None:
    links = f"  loan: {{participants: [reader], {TERMS}}}".replace("{attributes:", "{computed: due.sql, attributes:")
    fault = fault_of(tmp_path / "a", {"book": concept("book", links=links), "reader": concept("reader")})
    assert fault == (
        "book.yml: links.loan.satellites.terms.computed: a query computes what is known of a concept; "
        "move the aspect to its satellites"
    )
    several = COMPUTED.replace("computed:", "child_key: [points]\n    computed:")
    assert fault_of(tmp_path / "b", {"book": several}).endswith("has one row a key; take child_key out")


@pytest.mark.parametrize("name", ["../score.sql", "score.sql; drop table x", "{{ x }}.sql", "score", "Score.sql"])
def test_a_query_is_named_by_a_plain_file_name(tmp_path: Path, name: str) -> None:
    faults = faults_of(tmp_path, {"book": COMPUTED.replace("score.sql", f"'{name}'")})
    assert any(fault.startswith("book.yml: satellites.score.computed: not a name") for fault in faults)


def test_a_query_of_another_name_form_or_with_hidden_marks_is_refused(tmp_path: Path) -> None:
    write(tmp_path / "model", {})
    (tmp_path / "model" / "My Score.sql").write_text("select 1", encoding="utf-8")
    (tmp_path / "model" / "score.sql").write_text("select 1 -- \u202e 2", encoding="utf-8")
    (tmp_path / "model" / "word.sql").write_bytes(b"select '\xf6'")
    assert faults_of(tmp_path, {"book": COMPUTED}) == [
        "My Score.sql: not a name; use lower-case letters, digits and underscores, and end it in .sql",
        "score.sql: holds an invisible mark that turns the text's direction; delete it",
        "word.sql: byte 9 is not UTF-8; save the file as UTF-8",
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


# YAML


@pytest.mark.parametrize("text", ["010", "NO", "on", "12:30", "1_000", "~", "1e3", "0x1F", "2025-01-01", ".inf"])
def test_a_code_stays_the_text_that_was_written(tmp_path: Path, text: str) -> None:
    told = BOOK.replace("source: the library's rules", f"source: {text}")
    assert load_model(write(tmp_path, {"book": told}))["book"].source == text


def test_a_map_of_codes_keeps_its_zeros(tmp_path: Path) -> None:
    model = load_model(write(tmp_path / "model", {"book": concept("book")}))
    mapping = desk(columns="nr: {map: {010: 012, NO: on, 12:30: 1_000}}")
    (source,) = load_sources(write(tmp_path / "sources", mapping), model)
    assert source.tables["book"].columns["nr"].map == {"010": "012", "NO": "on", "12:30": "1_000"}


def test_a_key_that_stands_twice_is_refused_and_every_other_trick_with_it(tmp_path: Path) -> None:
    text = "concept: &name book\nterm: *name\nowner: !!str a\nowner: b\nkey: {a: {type: string, type: date}}\n"
    file = write(tmp_path, {"book": text}) / "book.yml"
    with pytest.raises(ModelError) as refusal:
        read_yaml(file)
    assert str(refusal.value).splitlines() == [
        "book.yml: line 1: concept: the anchor &name; take it out and write values out",
        "book.yml: line 2: term: the alias *name; write the value out",
        "book.yml: line 3: owner: a tag (!); take it out, everything is read as plain text",
        "book.yml: line 5: key.a: key \"type\" stands twice; keep one",
        "book.yml: line 4: key \"owner\" stands twice; keep one",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (b"concept: b\xf6k", "book.yml: byte 11 is not UTF-8; save the file as UTF-8"),
        (b"concept: book\nterm: \x00", "book.yml: line 2: a control character; delete it"),
        (b"concept: 'book", "book.yml: line 1: not YAML: found unexpected end of stream; mend the text there"),
        (b"a: 1\n---\nb: 2\n", "book.yml: line 2: not YAML: but found another document; mend the text there"),
        (b"a: " + b"[" * 5000, "book.yml: is nested too deeply; a model needs fewer than ten levels"),
        (b"", "book.yml: is empty or a list; start it with a key such as concept: or source:"),
        (b"- book\n", "book.yml: is empty or a list; start it with a key such as concept: or source:"),
    ],
)
def test_a_file_that_is_no_model_says_what_it_is(tmp_path: Path, text: bytes, told: str) -> None:
    (tmp_path / "book.yml").write_bytes(text)
    with pytest.raises(ModelError) as refusal:
        load_model(tmp_path)
    assert str(refusal.value) == told


def test_a_mark_at_the_start_of_a_utf8_file_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "book.yml").write_text(BOOK, encoding="utf-8-sig")
    assert load_model(tmp_path)["book"].concept == "book"


# Folders


def test_an_empty_folder_and_a_missing_one_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"no \.yml file in this folder; give the folder that holds them"):
        load_model(tmp_path)
    with pytest.raises(ModelError, match="nowhere: no such folder; give the folder"):
        load_model(tmp_path / "nowhere")


def test_a_file_that_would_be_left_unread_is_told(tmp_path: Path) -> None:
    write(tmp_path, {"book": BOOK})
    (tmp_path / "reader.yaml").write_text(concept("reader"), encoding="utf-8")
    with pytest.raises(ModelError, match=r"^reader\.yaml: would not be read; rename it reader\.yml$"):
        load_model(tmp_path)


def test_two_concepts_of_one_name_are_refused(tmp_path: Path) -> None:
    fault = fault_of(tmp_path, {"book": BOOK, "tome": BOOK})
    assert fault == "tome.yml: book is described in another file too; keep one"


def test_the_faults_of_all_files_come_together(tmp_path: Path) -> None:
    model = {
        "book": concept("book", aspects="keeping=weight: kilo"),
        "reader": concept("reader").replace("owner: librarian\n", ""),
        "shelf": concept("shelf") + "colour: red\n",
    }
    told = [fault.rpartition("; ")[0] for fault in faults_of(tmp_path, model)]
    assert told[1:] == ["reader.yml: owner: is missing", "shelf.yml: colour: no such key"]
    assert told[0].startswith("book.yml: satellites.keeping.attributes.weight.type")


def test_a_bad_model_ends_the_command_with_code_10(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from orchestration.cli import main

    links, bridges = "  above: {sort: hierarchy, participants: [reader]}", "bridges: {way: {path: [loan]}}"
    told = concept("book", aspects="keeping=select: string", links=links, more=bridges)
    write(tmp_path, {"book": told, "reader": concept("reader")})
    monkeypatch.setattr(
        sys, "argv", ["sotevault", "generate", "--model", str(tmp_path), "--out", str(tmp_path / "out")]
    )
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 10
    told = capsys.readouterr().err
    assert "book.yml: satellites.keeping.attributes: select is a word" in told
    assert "book.yml: links.above: a hierarchy joins book with itself" in told
    assert "book.yml: bridges.way.path: loan: book has no link loan" in told
    assert not (tmp_path / "out").exists()


# Mappings


def test_a_column_that_feeds_attributes_of_two_types_is_refused(tmp_path: Path) -> None:
    feeds = "book: {key: {book_number: nr}, attributes: {weight: x, bought_on: x}}"
    fault = fault_of(tmp_path, {"book": BOOK}, desk(columns="nr: {}, x: {}", feeds=feeds))
    assert fault == (
        'desk.yml: tables.book.columns: "x" feeds book.weight (decimal(18, 2)), book.bought_on (date); '
        "one column has one type, so let it feed attributes of that type"
    )


def test_a_column_says_no_other_type_than_its_attribute(tmp_path: Path) -> None:
    feeds = "book: {key: {book_number: nr}, attributes: {bought_on: x}}"
    fault = fault_of(tmp_path, {"book": BOOK}, desk(columns="nr: {}, x: {type: datetime}", feeds=feeds))
    assert "book.bought_on (date), and says type: datetime" in fault


def test_a_mapping_names_what_the_model_has(tmp_path: Path) -> None:
    feeds = "book: {key: {nummer: nr}, attributes: {colour: nr}, links: [loan]}\n      reader: {key: {number: nr}}"
    assert faults_of(tmp_path, {"book": BOOK}, desk(feeds=feeds)) == [
        "desk.yml: tables.book.feeds.book.key: give exactly the key of book: book_number",
        "desk.yml: tables.book.feeds.book.attributes: book has no attribute colour; mend or add it",
        "desk.yml: tables.book.feeds.book.links: book has no link loan; mend the name",
        "desk.yml: tables.book.feeds.reader: no concept reader; add it to the model or mend the name",
    ]


def test_a_feed_under_a_participants_role_tells_of_that_participant(tmp_path: Path) -> None:
    model = {
        "book": concept("book", links="  loan: {participants: [{role: holder, concept: reader}]}"),
        "reader": concept("reader"),
        "shelf": concept("shelf"),
    }
    feeds = "book: {key: {book_number: nr}}\n      holder: {concept: shelf, key: {shelf_number: nr}}"
    fault = fault_of(tmp_path, model, desk(feeds=feeds))
    assert fault.endswith("links: loan has reader as holder, but that feed tells of shelf")


def test_headers_become_different_plain_names(tmp_path: Path) -> None:
    columns = "nr: {}, Nimi: {}, NIMI: {}, päivä: {}, select: {}, book_hk: {}"
    where = "desk.yml: tables.book.columns:"
    assert faults_of(tmp_path, {"book": BOOK}, desk(columns=columns)) == [
        f'{where} "päivä" cannot be a column name; add name: with lower-case letters, digits and _',
        f'{where} "select": select is a word that SQL keeps for itself; choose another name with name:',
        f'{where} "book_hk": book_hk ends like a key or hash that the generator makes; '
        "choose another ending with name:",
        f"{where} 2 columns are called nimi behind the gate; give each a name: of its own",
    ]


# What deliveries say of absence


def flagged(semantics: str, feeds: str = "book: {key: {book_number: nr}}", column: str = "state") -> dict[str, str]:
    told = desk(columns="nr: {}, state: {}, amount: {}", feeds=feeds)
    more = f"semantics: {semantics}\n    deleted: {{column: {column}, values: [D]}}"
    return {"desk": told["desk"].replace("semantics: full", more)}


def test_a_flag_stands_in_a_column_that_is_delivered(tmp_path: Path) -> None:
    fault = fault_of(tmp_path, {"book": BOOK}, flagged("delta", column="gone"))
    assert fault == "desk.yml: tables.book: no such column: gone; list it under columns"


@pytest.mark.parametrize("semantics", ["full", "partition"])
def test_what_is_gone_is_told_by_absence_or_by_a_flag_and_not_by_both(tmp_path: Path, semantics: str) -> None:
    assert fault_of(tmp_path, {"book": BOOK}, flagged(semantics)) == (
        f"desk.yml: tables.book.deleted: absence says what is gone under semantics {semantics}; "
        "leave deleted rows out of the delivery, or say semantics: delta"
    )


def test_a_row_that_never_changes_is_never_deleted(tmp_path: Path) -> None:
    assert fault_of(tmp_path, {"book": BOOK}, flagged("event")) == (
        "desk.yml: tables.book.deleted: rows of semantics event never change; say semantics: delta, or take deleted out"
    )


FINE = concept("fine", kind="transaction", aspects="entry=amount: decimal")
FINED = "fine: {key: {fine_number: nr}, attributes: {amount: amount}}"


def test_an_event_does_not_leave_the_part_that_it_was_told_in(tmp_path: Path) -> None:
    told = desk(columns="nr: {}, amount: {}", feeds=FINED)["desk"].replace("semantics: full", "semantics: partition")
    assert fault_of(tmp_path, {"fine": FINE}, {"desk": told}) == (
        "desk.yml: tables.book.semantics: the rows describe nothing that can leave a partition (an event stays); "
        "say delta, or event"
    )


def test_a_flag_on_rows_that_only_point_at_things_says_nothing(tmp_path: Path) -> None:
    told = flagged("delta")["desk"].replace("key: [nr]", "key: [nr, state]")
    assert fault_of(tmp_path, {"book": BOOK}, {"desk": told}) == (
        "desk.yml: tables.book.deleted: the rows describe nothing that can go, so the flag says nothing; take it out"
    )


def test_a_value_that_means_deleted_stays_a_value(tmp_path: Path) -> None:
    told = flagged("delta")["desk"].replace("[D]", '["D\'); drop table x; --"]')
    model = load_model(write(tmp_path / "model", {"book": BOOK}))
    files = render(model, load_sources(write(tmp_path / "sources", {"desk": told}), model))
    assert "landed.state in ('D''); drop table x; --')" in files["models/staging/stg_desk__book.sql"]


def test_what_no_delivery_tells_of_is_not_made(tmp_path: Path) -> None:
    more = (
        "point_in_time: {satellites: [keeping]}\nbridges: {way: {path: [loan]}, "
        "days: {path: [loan], calendar: {days_of: opening_day}}}"
    )
    model = load_model(
        write(
            tmp_path / "model",
            {
                "book": concept("book", aspects="keeping=a: date", links="  loan: {participants: [reader]}", more=more),
                "reader": concept("reader"),
                "opening_day": concept("opening_day", kind="reference", key="opening_date: date"),
                "genre": concept(
                    "genre", kind="reference", aspects="use=b: date, c: date", more="validity: {begins: b, ends: c}"
                ),
            },
        )
    )
    feeds = "book: {key: {book_number: nr}}\n      genre: {key: {genre_number: nr}}"
    files = render(model, load_sources(write(tmp_path / "sources", desk(feeds=feeds)), model))
    views = {path.split("/")[-1] for path in files if path.startswith("models/business_vault/")}
    assert views == {"_business_vault.yml", "current_book.sql", "ref_genre.sql"}
    assert "valid_from" not in files["models/business_vault/ref_genre.sql"]


def test_two_satellites_of_one_table_name_are_refused(tmp_path: Path) -> None:
    # sat_book_cover_print__...: aspect cover_print of book, and aspect print of book_cover.
    model = {
        "book": concept("book", aspects="cover_print=x: string"),
        "book_cover": concept("book_cover", aspects="print=y: string"),
    }
    feeds = (
        "book: {key: {book_number: nr}, attributes: {x: nr}}\n"
        "      book_cover: {key: {book_cover_number: nr}, attributes: {y: nr}}"
    )
    faults = faults_of(tmp_path, model, desk(feeds=feeds))
    assert "2 keys or hashes would be called book_cover_print_hashdiff" in faults[0]
    assert faults[1] == (
        "book.yml, book_cover.yml, desk.yml: 2 tables would be called sat_book_cover_print__desk_book; "
        "rename a concept, an aspect or a delivered table"
    )


def test_a_reference_and_a_code_set_of_one_name_would_be_one_table(tmp_path: Path) -> None:
    coded = BOOK.replace("type: decimal", "type: code, codes: genre")
    genre = concept("genre", kind="reference", aspects="naming=genre_name: string")
    fault = fault_of(tmp_path, {"book": coded, "genre": genre})
    assert fault.startswith("book.yml: weight.codes: the code set genre and the reference genre would both be")


def test_a_table_name_that_no_metastore_takes_is_refused(tmp_path: Path) -> None:
    long = "a" * 50
    model = {long: concept(long, aspects=f"{'b' * 50}=x: string")}
    feeds = f"{long}: {{key: {{{long}_number: nr}}, attributes: {{x: nr}}}}"
    model[long] = model[long].replace(f"{long}_number", "number_of_it")
    source = desk(feeds=feeds.replace(f"{long}_number", "number_of_it"))
    source["desk"] = source["desk"].replace("  book:\n", f"  {'c' * 30}:\n")
    assert "is longer than 128 letters; shorten its parts" in fault_of(tmp_path, model, source)
