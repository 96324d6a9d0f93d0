"""A bad model is refused before anything is generated: file, key and remedy, all faults at once."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from concepts.errors import ModelError
from concepts.generator import render
from concepts.loading import load_model, load_sources
from concepts.yaml_text import read_yaml
from tests.unit.concepts.small_models import BOOK, TERM, concept, desk, fault_of, faults_of, write

# Names and types


def test_an_unknown_type_is_refused_with_the_types_there_are(tmp_path: Path) -> None:
    fault = fault_of(tmp_path, {"book": concept("book", aspects="keeping=weight: kilo")})
    assert fault.startswith('book.yml: satellites.keeping.attributes.weight.type: no such choice "kilo"; use one of')
    assert "'decimal'" in fault


@pytest.mark.parametrize("word", ["yes", "1", "on", "True", "''", "[true]"])
def test_a_flag_is_true_or_false_and_nothing_that_others_take_for_it(tmp_path: Path, word: str) -> None:
    links = f"  loan: {{participants: [reader], driven: {word}}}"
    model = {"book": concept("book", links=links, more=f"tracked: {word}"), "reader": concept("reader")}
    assert faults_of(tmp_path, model) == [
        "book.yml: links.loan.driven: is neither true nor false; write one of them",
        "book.yml: tracked: is neither true nor false; write one of them",
    ]


def test_a_flag_of_a_mapping_is_true_or_false_too(tmp_path: Path) -> None:
    fault = fault_of(tmp_path, {"book": BOOK}, desk(columns="nr: {required: yes}"))
    assert fault == "desk.yml: tables.book.columns.nr.required: is neither true nor false; write one of them"


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


def test_an_attribute_is_not_called_like_a_column_that_the_views_add(tmp_path: Path) -> None:
    fault = fault_of(tmp_path, {"book": concept("book", aspects="keeping=valid_to: date")})
    assert fault.startswith("book.yml: satellites.keeping.attributes: valid_to is a column that the vault's views add")


def test_the_key_of_a_role_is_not_called_like_the_key_of_its_relation(tmp_path: Path) -> None:
    links = "  loan: {participants: [{role: book_loan, concept: reader}]}"
    fault = fault_of(tmp_path, {"book": concept("book", links=links), "reader": concept("reader")})
    assert fault == (
        "book.yml: links.loan: book_loan_hk would be the key of a role and of the relation itself; rename the role"
    )


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


@pytest.mark.parametrize("escape", [r"\0", r"\x1b", r"\ud800"])
def test_an_escape_writes_no_control_character_either(tmp_path: Path, escape: str) -> None:
    told = BOOK.replace("source: the library's rules", f'source: "the {escape} rules"')
    assert fault_of(tmp_path, {"book": told}) == "book.yml: source: holds a control character; delete it"


def test_a_mark_at_the_start_of_a_utf8_file_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "book.yml").write_text(BOOK, encoding="utf-8-sig")
    assert load_model(tmp_path)["book"].concept == "book"


def test_one_text_in_the_place_of_keys_with_values_is_told_what_it_should_be(tmp_path: Path) -> None:
    told = BOOK.replace(f"definition: {TERM}", "definition: One copy.")
    assert fault_of(tmp_path, {"book": told}) == (
        "book.yml: definition: takes keys with values, not one text; write them below it, or {} if it needs none"
    )


# Folders


def test_what_is_called_like_a_file_and_is_none_is_told_with_the_other_faults(tmp_path: Path) -> None:
    model = write(tmp_path / "model", {"book": ""})
    os.mkfifo(model / "pipe.yml")
    (model / "folder.yml").mkdir()
    (model / "gone.yml").symlink_to(model / "nowhere")

    told = [fault.split(": ")[0] for fault in faults_of(tmp_path, {"book": ""})]
    assert told == ["folder.yml", "gone.yml", "pipe.yml", "book.yml"]


def test_an_empty_folder_and_a_missing_one_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"no \.yml file in this folder; give the folder that holds the"):
        load_model(tmp_path)
    with pytest.raises(ModelError, match="nowhere: no such folder; give the folder"):
        load_model(tmp_path / "nowhere")


@pytest.mark.parametrize("others", [{"book": BOOK}, {}])
@pytest.mark.parametrize("name", ["reader.yaml", "reader.YML", "reader.Yaml"])
def test_a_file_that_would_be_left_unread_is_told(tmp_path: Path, name: str, others: dict[str, str]) -> None:
    write(tmp_path, others)
    (tmp_path / name).write_text(concept("reader"), encoding="utf-8")
    with pytest.raises(ModelError) as refusal:
        load_model(tmp_path)
    assert str(refusal.value) == f"{name}: would not be read; rename it reader.yml"


def test_a_model_extends_nothing(tmp_path: Path) -> None:
    told = "extends: book\nsource: our rules\nowner: us\n"
    fault = fault_of(tmp_path, {"book": told, "reader": concept("reader")})
    assert fault == (
        "book.yml: extends: only a county's additions say it, in a folder of their own (sotevault diff --regional); "
        "here write the whole concept, with concept: and its key"
    )


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


def test_faults_of_mappings_come_with_those_of_the_model(tmp_path: Path) -> None:
    model = {"book": concept("book", links="  loan: {participants: [reader]}")}
    sources = {"desk": desk()["desk"] + "colour: red\n", "till": "source: 'till\n"}
    assert faults_of(tmp_path, model, sources) == [
        "book.yml: links.loan: no concept reader; add reader.yml or mend the name",
        "desk.yml: colour: no such key; take it out or mend its spelling",
        "till.yml: line 2: not YAML: found unexpected end of stream; mend the text there",
    ]


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
