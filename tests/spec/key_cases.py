"""The values whose keys are published: what a key may meet, hostile ones among them."""

from __future__ import annotations

from typing import Any

Part = dict[str, Any]
Vector = dict[str, Any]


def s(value: str | None, *canonical: str) -> Part:
    """A text part, and what the concept does with it."""
    return {"type": "string", "value": value} | ({"canonical": list(canonical)} if canonical else {})


def long(text: str, times: int) -> Part:
    return {"type": "string", "value": {"repeat": text, "times": times}}


def part(type_: str, value: str | None) -> Part:
    return {"type": type_, "value": value}


def key(name: str, *parts: Part, **more: Any) -> Vector:
    return {"name": name, "kind": "hash_key", **more, "parts": list(parts)}


def link(name: str, *members: Vector) -> Vector:
    return {"name": name, "kind": "hash_link", "members": list(members)}


def member(*parts: Part, **more: Any) -> Vector:
    return {**more, "parts": list(parts)}


def difference(name: str, **attributes: Part) -> Vector:
    return {"name": name, "kind": "hash_difference", "attributes": attributes}


def each(kind: str, told: dict[str, str]) -> list[Vector]:
    return [key(f"{kind}: {name}", part(kind, value)) for name, value in told.items()]


TEXTS = {
    "plain": "1001",
    "leading zeros": "007",
    "without them": "7",
    "lower case": "abc",
    "upper case": "ABC",
    "one blank": " ",
    "a tilde, the sign of NULL": "~",
    "an exclamation mark, the sign of not told": "!",
    "the word NULL": "NULL",
    "leading blank": " a",
    "trailing blank": "a ",
    "trailing newline": "a\n",
    "carriage return and newline": "a\r\n",
    "tab": "a\tb",
    "no-break space": "a\u00a0",
    "zero-width space": "a\u200b",
    "byte order mark": "\ufeffa",
    "control characters": "\x01\x1f\x7f\x85",
    "single quote": "O'Hara",
    "two single quotes": "O''Hara",
    "double quote": 'a"b',
    "backslash": "a\\b",
    "backslash n": "a\\n",
    "dollar and digit": "$1",
    "SQL": "'; drop table hub_person; --",
    "Jinja": "{{ 1 }}{% raw %}",
    "per cent": "100%",
    "delimiters": "||;:=~![]",
    "a length": "1:a",
    "a number with its end": "1;",
    "brackets": "[1:a]",
    "ä composed": "ä",
    "ä decomposed": "a\u0308",
    "ö composed": "Hölkkä",
    "ö decomposed": "Ho\u0308lkka\u0308",
    "å composed": "å",
    "å decomposed": "a\u030a",
    "Å composed": "Å",
    "Å decomposed": "A\u030a",
    "Å as the sign of ångström": "\u212b",
    "Sami": "čđŋšŧž",
    "Sami decomposed": "c\u030cđŋs\u030cŧz\u030c",
    "Hangul composed": "한글",
    "Hangul decomposed": "\u1112\u1161\u11ab\u1100\u1173\u11af",
    "two marks": "e\u0323\u0301",
    "two marks the other way": "e\u0301\u0323",
    "a mark alone": "\u0301",
    "a mark that composes with nothing": "x\u0308",
    "no compatibility form: ligature": "\ufb01",
    "no compatibility form: superscript": "m²",
    "composition exclusion": "\u0958",
    "sharp s": "ß",
    "dotless i": "ı",
    "Greek": "Ὀδυσσεύς",
    "Hebrew": "שלום",
    "Arabic with right-to-left mark": "\u200fمرحبا",
    "astral letter": "𝔘",
    "astral letter, composed of two": "\U000110a5\U000110ba",
    "emoji": "😀",
    "emoji with skin tone": "👍🏽",
    "emoji joined to a family": "👩\u200d👩\u200d👧",
    "flag": "🇫🇮",
    "last code point": "\U0010ffff",
}
NUMBERS = {
    "nought": "0",
    "minus nought is nought": "-0",
    "seven": "7",
    "minus one": "-1",
    "least": "-9223372036854775808",
    "greatest": "9223372036854775807",
}
DECIMALS = {
    "1": "1",
    "1.0": "1.0",
    "1.00": "1.00",
    "nought": "0",
    "minus nought": "-0.00",
    "a cent": "0.01",
    "minus a cent": "-0.01",
    "greatest": "9999999999999999.99",
    "least": "-9999999999999999.99",
}
DATES = {"first": "0001-01-01", "last": "9999-12-31", "leap day": "2024-02-29", "before 1582": "1066-10-14"}
MOMENTS = {
    "midnight": "2025-01-01T00:00:00",
    "a microsecond": "2025-01-01T00:00:00.000001",
    "half a second": "2025-01-01T12:30:00.5",
    "before 1970": "1969-12-31T23:59:59.999999",
    "first": "0001-01-01T00:00:00",
    "last": "9999-12-31T23:59:59.999999",
    "no such hour in Helsinki": "2025-03-30T03:30:00",
}
KEY = "c0312d19-31d5-e3ca-786e-27da77a0c8b4"
ONE = member(s("1001"))
CASES: list[Vector] = [
    *(key(f"text: {name}", s(text)) for name, text in TEXTS.items()),
    key("text: empty", s("")),
    key("text: NULL is the unknown member", s(None)),
    key("code as text", part("code", "010")),
    key("text: 10 000 ASCII characters", long("a", 10_000)),
    key("text: 10 000 ä", long("ä", 10_000)),
    key("text: 10 000 decomposed ä", long("a\u0308", 10_000)),
    key("text: 10 000 emoji", long("😀", 10_000)),
    *each("integer", NUMBERS),
    *each("decimal", DECIMALS),
    *each("date", DATES),
    *each("datetime", MOMENTS),
    *each("boolean", {"true": "true", "false": "false"}),
    key("two parts: 'A||B', 'C'", s("A||B"), s("C")),
    key("two parts: 'A', 'B||C'", s("A"), s("B||C")),
    key("two parts: 'AB', ''", s("AB"), s("")),
    key("two parts: '', 'AB'", s(""), s("AB")),
    key("two parts: 'a', NULL", s("a"), s(None)),
    key("two parts: NULL, 'a'", s(None), s("a")),
    key("two parts: 'a', ''", s("a"), s("")),
    key("two parts: 'a', '~'", s("a"), s("~")),
    key("two parts: NULL, NULL", s(None), s(None)),
    key("two parts that look like one: '1', '1:1'", s("1"), s("1:1")),
    key("two parts that look like one: '11:1', ''", s("11:1"), s("")),
    key("shelf A, place 11", s("A"), part("integer", "11")),
    key("shelf A1, place 1", s("A1"), part("integer", "1")),
    key("shelf NULL, place 1", s(None), part("integer", "1")),
    key("shelf A, place NULL", s("A"), part("integer", None)),
    key("every type", s("a"), *(part(t, v) for t, v in (
        ("code", "01"), ("integer", "1"), ("decimal", "1"), ("date", "2025-01-01"),
        ("datetime", "2025-01-01T00:00:00"), ("boolean", "true"),
    ))),
    key("in the scope of a source", s("1001"), scope="desk"),
    key("in the scope of another", s("1001"), scope="web"),
    key("NULL in the scope of a source", s(None), scope="desk"),
    key("not told", s("1001"), told=False),
    key("not told and NULL", s(None), told=False),
    key("trim takes blanks at the ends", s("  a b ", "trim")),
    key("trim leaves tabs and no-break spaces", s("\ta\u00a0", "trim")),
    key("upper", s("åbo äö šŋ ß é1", "upper")),
    key("lower", s("ÅBO ÄÖ ŠŊ É1", "lower")),
    key("upper of a decomposed letter", s("a\u030a", "upper")),
    key("empty is NULL", s("", "empty_is_null")),
    key("blank is not empty", s(" ", "empty_is_null")),
    key("blank is empty once trimmed", s("  ", "empty_is_null", "trim")),
    key("all of them", s(" abc ", "trim", "upper", "empty_is_null")),
    link("two members", ONE, member(s("A"), part("integer", "1"))),
    link("the other way round", member(s("A"), part("integer", "1")), ONE),
    link("member not told", ONE, member(s("2"), told=False)),
    link("member told as NULL", ONE, member(s(None))),
    link("member told as '!'", ONE, member(s("!"))),
    link("nobody told", member(s("1"), told=False), member(s("2"), told=False)),
    link("[ab][]", member(s("ab")), member(s(""))),
    link("a bracket in a key", member(s("a][1:b")), member(s("c"))),
    link("parts of one member", member(s("a"), s("b")), member(s("c"))),
    link("parts of the other", member(s("a")), member(s("b"), s("c"))),
    link("a member with a scope", member(s("1"), scope="desk"), ONE),
    link("three members", ONE, ONE, ONE),
    difference("one attribute", town=s("Oulu")),
    difference("another attribute of the same value", city=s("Oulu")),
    difference("NULL leaves no trace", town=s("Oulu"), street=s(None)),
    difference("empty does", town=s("Oulu"), street=s("")),
    difference("nothing told", town=s(None), street=s(None)),
    difference("text that looks like another attribute", town=s("Oulu6:street=1:x")),
    difference(
        "an attribute of every type",
        a=s("ä"), b=part("code", "01"), c=part("integer", "-1"), d=part("decimal", "1.5"),
        e=part("date", "2024-02-29"), f=part("datetime", "2024-02-29T23:59:59"), g=part("boolean", "false"),
    ),
    difference("an event's participant", amount=part("decimal", "1"), account_hk=part("key", KEY)),
    difference("decomposed text", a=s("a\u0308")),
    difference("quotes and backslashes", a=s("O'Hara \\ \"x\"")),
]  # fmt: skip
SETS = {
    "a set": ["two parts: 'a', ''", "text: plain", "one attribute"],
    "the same set in another order": ["one attribute", "two parts: 'a', ''", "text: plain"],
    "one key": ["text: plain"],
    "a key twice": ["text: plain", "text: plain"],
}
