"""A mapping that the model cannot follow is refused with file, key and remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from concepts.generator import render
from concepts.loading import load_model, load_sources
from tests.unit.concepts.small_models import BOOK, concept, desk, fault_of, faults_of, write

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


def test_a_column_is_not_checked_by_two_code_sets_or_made_two_pseudonyms_of(tmp_path: Path) -> None:
    told = BOOK.replace("weight: {type: decimal,", "weight: {type: code, codes: weight,")
    told = told.replace("bought_on: {type: date,", "bought_on: {type: code, codes: bought,")
    columns, fed = "nr: {}, w: {}, p: {}", "attributes: {weight: w, bought_on: w}"
    secret = "{type: string, privacy: direct_identifier, pseudonym: "
    reader = concept("reader", aspects="a=b: string").replace(
        "reader_number: {type: string,", f"reader_number: {secret}a,"
    )
    reader = reader.replace("b: {type: string,", f"b: {secret}b,")
    feeds = (
        f"book: {{key: {{book_number: nr}}, {fed}}}\n      reader: {{key: {{reader_number: p}}, attributes: {{b: p}}}}"
    )
    assert faults_of(tmp_path, {"book": told, "reader": reader}, desk(columns, feeds)) == [
        'desk.yml: tables.book.columns: "w" feeds book.weight, book.bought_on with different code sets '
        "(bought, weight); deliver it twice, once for each",
        'desk.yml: tables.book.columns: "p" feeds reader.reader_number, reader.b with different pseudonym purposes '
        "(a, b); deliver it twice, once for each",
    ]


def test_a_row_of_a_set_always_says_which_one_it_is(tmp_path: Path) -> None:
    crew = concept("book", aspects="crew=seat: string, who: string")
    book = crew.replace("  crew:\n", "  crew:\n    child_key: [seat]\n")
    told = desk(columns="nr: {}, s: {}, w: {}", feeds="book: {key: {book_number: nr}, attributes: {seat: s, who: w}}")
    assert fault_of(tmp_path, {"book": book}, told) == (
        "desk.yml: tables.book.feeds.book.attributes: crew tells its rows apart by seat; put s into the table's key, "
        "or say required: true"
    )


@pytest.mark.parametrize(
    ("columns", "attributes", "type_"),
    [("x: {}", ", attributes: {weight: x}", "decimal(18, 2)"), ("x: {type: integer}", "", "bigint")],
)
def test_a_flag_is_text(tmp_path: Path, columns: str, attributes: str, type_: str) -> None:
    flag = "semantics: delta\n    deleted: {column: x, values: [gone]}"
    told = desk(columns=f"nr: {{}}, {columns}", feeds=f"book: {{key: {{book_number: nr}}{attributes}}}")
    assert fault_of(tmp_path, {"book": BOOK}, {"desk": told["desk"].replace("semantics: full", flag)}) == (
        f"desk.yml: tables.book.deleted: x is a {type_} and a flag is text; give the flag a column of its own"
    )


@pytest.mark.parametrize(
    ("told", "fault"),
    [
        (
            "delimiter: ''",
            "delimiter: is no delimiter; give one character that is neither a quote nor the end of a line",
        ),
        (
            "delimiter: ';;'",
            "delimiter: is no delimiter; give one character that is neither a quote nor the end of a line",
        ),
        ("date: plain", "date: is no form of a date; write it with %Y, %m and %d, such as %d.%m.%Y"),
        ("date: '%%Y-%m-%d'", "date: is no form of a date; write it with %Y, %m and %d, such as %d.%m.%Y"),
        ("date: '%d.%m.'", "date: is no form of a date; write it with %Y, %m and %d, such as %d.%m.%Y"),
        (
            '"datetime": "%Y-%m-%dT%H:%M:%S%z"',
            "datetime: tells a zone, and times are local to the source's timezone; deliver them without it",
        ),
    ],
)
def test_a_form_that_reads_nothing_is_refused(tmp_path: Path, told: str, fault: str) -> None:
    mapping = {name: text.replace("semantics:", f"format: {{{told}}}\n    semantics:") for name, text in desk().items()}
    assert fault_of(tmp_path, {"book": BOOK}, mapping) == f"desk.yml: tables.book.format.{fault}"


@pytest.mark.parametrize("files", ["../b_*.csv", "/etc/*", "new\\\\b.csv"])
def test_files_are_named_without_a_folder(tmp_path: Path, files: str) -> None:
    mapping = {name: text.replace("b_*.csv", f'"{files}"') for name, text in desk().items()}
    assert fault_of(tmp_path, {"book": BOOK}, mapping) == (
        "desk.yml: tables.book.files: a file's name has no folder; name the files alone, such as visits_*.csv"
    )


def test_a_mapping_names_what_the_model_has(tmp_path: Path) -> None:
    feeds = "book: {key: {nummer: nr}, attributes: {colour: nr}, links: [loan]}\n      reader: {key: {number: nr}}"
    assert faults_of(tmp_path, {"book": BOOK}, desk(feeds=feeds)) == [
        "desk.yml: tables.book.feeds.book.key: give exactly the key of book: book_number",
        "desk.yml: tables.book.feeds.book.attributes: book has no attribute colour; mend or add it",
        "desk.yml: tables.book.feeds.book.links: book has no link loan; mend the name",
        "desk.yml: tables.book.feeds.reader: no concept reader; add it to the model or mend the name",
    ]


def test_a_relation_stands_once_in_a_feed(tmp_path: Path) -> None:
    feeds = "book: {key: {book_number: nr}, links: [loan, loan]}"
    assert fault_of(tmp_path, {"book": BOOK}, desk(feeds=feeds)) == (
        "desk.yml: tables.book.feeds.book.links: loan stands twice; keep one"
    )


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


def test_what_a_deletion_ends_hangs_on_no_column_that_is_not_read_then(tmp_path: Path) -> None:
    told = flagged("delta")["desk"].replace("book: {key:", "book: {when: state, key:")
    assert fault_of(tmp_path, {"book": BOOK}, {"desk": told}) == (
        "desk.yml: tables.book.feeds.book.when: of a row that tells of a deletion only the key is read; put state into "
        "the key, or take when out"
    )


def test_an_event_does_not_leave_the_part_that_it_was_told_in(tmp_path: Path) -> None:
    told = desk(columns="nr: {}, amount: {}", feeds=FINED)["desk"].replace("semantics: full", "semantics: partition")
    assert fault_of(tmp_path, {"fine": FINE}, {"desk": told}) == (
        "desk.yml: tables.book.semantics: the rows describe nothing that can leave a partition (an event stays); "
        "say delta, or event"
    )


def test_a_flag_on_rows_that_only_point_at_things_says_nothing(tmp_path: Path) -> None:
    told = flagged("delta")["desk"].replace("key: [nr]", "key: [nr, state]")
    assert fault_of(tmp_path, {"book": BOOK}, {"desk": told}) == (
        "desk.yml: tables.book.deleted: the table's key tells apart no concept, set or relation that can go, so the "
        "flag says nothing; mend the key, or take deleted out and leave such rows out of the delivery"
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


def test_an_events_participant_may_have_a_role_called_like_the_relation_which_has_no_key(tmp_path: Path) -> None:
    links = "  rel: {participants: [{role: pay_rel, concept: reader}]}"
    pay = concept("pay", kind="transaction", aspects="entry=amount: decimal", links=links)
    model = load_model(write(tmp_path / "model", {"pay": pay, "reader": concept("reader")}))
    feeds = "pay: {key: {pay_number: nr}, attributes: {amount: a}}"
    feeds += "\n      pay_rel: {concept: reader, key: {reader_number: r}}"
    told = desk(columns="nr: {}, a: {}, r: {}", feeds=feeds)
    files = render(model, load_sources(write(tmp_path / "sources", told), model))
    assert files["models/staging/stg_desk__book.sql"].count(" as pay_rel_hk,") == 1


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
