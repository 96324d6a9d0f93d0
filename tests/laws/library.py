"""A lending library that knows every entity of the generator: concepts and source mappings as YAML text."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from concepts.loading import load_model, load_sources
from concepts.metamodel import ConceptModel
from concepts.sources import SourceMapping

TERM = "term: {en: a, fi: b, sv: c}"
BODY = f"{TERM}\ndefinition: {{en: a, fi: b, sv: c}}\nsource: the library's rules\nowner: librarian\n"


def _attributes(indent: int, **types: str) -> str:
    return "".join(f"{' ' * indent}{name}: {{type: {type_}, {TERM}}}\n" for name, type_ in types.items())


def _satellite(name: str, child_key: str = "", **types: str) -> str:
    child = f"    child_key: [{child_key}]\n" if child_key else ""
    return f"  {name}:\n{child}    attributes:\n{_attributes(6, **types)}"


MODEL = {
    # Two sources, a multi-active satellite, members that are one, a point in time over both sources.
    "member": f"concept: member\n{BODY}key:\n{_attributes(2, member_number='string')}satellites:\n"
    + _satellite("home", town="string", street="string")
    + _satellite("phones", child_key="phone", phone="string", phone_kind="string")
    + "links:\n  twin: {sort: same_as, participants: [{role: twin, concept: member}]}\n"
    "point_in_time: {satellites: [home], calendar: day}\n",
    # A composite key, every type, a driven relation, a relation to itself, a point in time.
    "book": f"concept: book\n{BODY}key:\n{_attributes(2, shelf='string', place='integer')}satellites:\n"
    + _satellite("keeping", condition="string", seen_at="datetime", price="decimal", lent="boolean", bought="date")
    + "links:\n"
    "  keeping: {participants: [{role: keeper, concept: member}]}\n"
    "  sequel: {participants: [{role: previous, concept: book}]}\n"
    "point_in_time: {satellites: [keeping], calendar: day}\n",
    # A key that only its source knows, one concept in two roles, a relation of which many may hold at once.
    "loan": f"concept: loan\nkey_scope: source\n{BODY}key:\n{_attributes(2, loan_number='string')}satellites:\n"
    + _satellite("terms", due="date")
    + "links:\n"
    "  lending: {participants: [{role: borrower, concept: member}, {role: lender, concept: member}]}\n"
    "  copies: {driven: false, participants: [book]}\n"
    "bridges:\n  keepers: {path: [copies, book.keeping], calendar: day}\n",
    # Told by a row of another concept, and only if its date is filled.
    "reservation": f"concept: reservation\n{BODY}key:\n{_attributes(2, reservation_number='string')}satellites:\n"
    + _satellite("wish", reserved="date")
    + "links:\n  wish:\n    participants: [{role: borrower, concept: member}]\n    satellites:\n"
    + f"      urgency:\n        attributes:\n{_attributes(10, wish_rank='integer')}",
    "fine": f"concept: fine\nkind: transaction\nkey_scope: source\n{BODY}key:\n"
    f"{_attributes(2, fine_number='string', fine_row='integer')}satellites:\n"
    + _satellite("entry", amount="decimal", fined="date")
    + "links:\n  entry: {participants: [member]}\n",
    # Told by two sources, with a validity of its own.
    "genre": f"concept: genre\nkind: reference\n{BODY}key:\n{_attributes(2, genre_code='string')}satellites:\n"
    + _satellite("naming", genre_name="string", used_from="date", used_to="date")
    + "validity: {begins: used_from, ends: used_to}\n",
    # Delivered by the partition, each delivery recorded.
    "card": f"concept: card\ntracked: true\n{BODY}key:\n{_attributes(2, card_number='string')}satellites:\n"
    + _satellite("state", card_state="string")
    + "links:\n  holders: {driven: false, participants: [member]}\n",
    # Its seats are deleted by a flag; a relation with a dependent child key and attributes of its own; a tree.
    "course": f"concept: course\n{BODY}key:\n{_attributes(2, course_number='string')}satellites:\n"
    + _satellite("title", course_title="string")
    + "links:\n"
    "  part: {sort: hierarchy, participants: [{role: whole, concept: course}]}\n"
    "  seats:\n    driven: false\n    participants: [member]\n    child_key:\n"
    + _attributes(6, seat="integer")
    + "    satellites:\n      grade:\n        attributes:\n"
    + _attributes(10, grade="string")
    + "bridges:\n  sitters: {path: [seats], calendar: day}\n",
    # An event that a later telling corrects, and that can be deleted.
    "payment": f"concept: payment\nkind: transaction\ntold_anew: corrects\n{BODY}key:\n"
    + _attributes(2, payment_number="string")
    + "satellites:\n"
    + _satellite("entry", paid="decimal")
    + "links:\n  entry: {participants: [member]}\n",
}

_LOAN = """  loan:
    files: loan_*.csv
    semantics: {semantics}
    key: [loan]
    columns: {{loan: {{}}, due: {{}}, borrower: {{}}, lender: {{}}, shelf: {{}}, place: {{}}, wish: {{}},
      wished: {{}}{rank}}}
    feeds:
      loan: {{key: {{loan_number: loan}}, attributes: {{due: due}}}}
      borrower: {{concept: member, key: {{member_number: borrower}}}}
      lender: {{concept: member, key: {{member_number: lender}}}}
      book: {{key: {{shelf: shelf, place: place}}}}
      reservation: {{when: wished, key: {{reservation_number: wish}}, attributes: {{reserved: wished{ranked}}}}}
"""
_PHONE = """  phone:
    files: phone_*.csv
    semantics: {semantics}
    key: [number, phone]
    columns: {{number: {{}}, phone: {{}}, kind: {{}}}}
    feeds:
      member: {{key: {{member_number: number}}, attributes: {{phone: phone, phone_kind: kind}}}}
"""
_HEAD = f"{TERM}\nowner: librarian\ntables:\n"

SOURCES = {
    "desk": "source: desk\n"
    + _HEAD
    + """  member:
    files: member_*.csv
    semantics: full
    key: [number]
    columns: {number: {}, town: {}, street: {}}
    feeds:
      member: {key: {member_number: number}, attributes: {town: town, street: street}}
  book:
    files: book_*.csv
    semantics: delta
    key: [shelf, place]
    columns: {shelf: {}, place: {}, condition: {}, seen_at: {}, price: {}, lent: {}, bought: {}, keeper: {},
      before_shelf: {}, before_place: {}}
    feeds:
      book:
        key: {shelf: shelf, place: place}
        attributes: {condition: condition, seen_at: seen_at, price: price, lent: lent, bought: bought}
      keeper: {concept: member, key: {member_number: keeper}}
      previous: {concept: book, key: {shelf: before_shelf, place: before_place}}
  fine:
    files: fine_*.csv
    semantics: event
    key: [fine, row]
    columns: {fine: {}, row: {name: line}, number: {}, amount: {}, fined: {}}
    feeds:
      fine: {key: {fine_number: fine, fine_row: row}, attributes: {amount: amount, fined: fined}}
      member: {key: {member_number: number}}
  genre:
    files: genre_*.csv
    semantics: full
    key: [code]
    columns: {code: {}, name: {}}
    feeds:
      genre: {key: {genre_code: code}, attributes: {genre_name: name}}
  card:
    files: card_*.csv
    semantics: partition
    key: [card, holder]
    columns: {card: {}, state: {}, holder: {}}
    feeds:
      card: {key: {card_number: card}, attributes: {card_state: state}}
      member: {key: {member_number: holder}}
  twin:
    files: twin_*.csv
    semantics: delta
    key: [number]
    deleted: {column: gone, values: [D]}
    columns: {number: {}, other: {}, gone: {}}
    feeds:
      member: {key: {member_number: number}}
      twin: {concept: member, key: {member_number: other}}
"""
    + _PHONE.format(semantics="delta")
    + _LOAN.format(semantics="full", rank=", rank: {}", ranked=", wish_rank: rank"),
    "web": "source: web\n"
    + _HEAD
    + """  member:
    files: web_member_*.csv
    semantics: delta
    key: [number]
    columns: {number: {}, town: {}}
    feeds:
      member: {key: {member_number: number}, attributes: {town: town}}
  genre:
    files: web_genre_*.csv
    semantics: delta
    key: [code]
    columns: {code: {}, name: {}, from: {name: used_from}, to: {name: used_to}}
    feeds:
      genre: {key: {genre_code: code}, attributes: {genre_name: name, used_from: from, used_to: to}}
  course:
    files: course_*.csv
    semantics: delta
    key: [course, number, seat]
    deleted: {column: gone, values: [D]}
    columns: {course: {}, title: {}, whole: {}, number: {}, seat: {}, grade: {}, gone: {}}
    feeds:
      course: {key: {course_number: course}, attributes: {course_title: title, seat: seat, grade: grade}}
      whole: {concept: course, key: {course_number: whole}}
      member: {key: {member_number: number}}
  payment:
    files: payment_*.csv
    semantics: delta
    key: [payment]
    deleted: {column: gone, values: [D]}
    columns: {payment: {}, number: {}, paid: {}, gone: {}}
    feeds:
      payment: {key: {payment_number: payment}, attributes: {paid: paid}}
      member: {key: {member_number: number}}
"""
    + _PHONE.format(semantics="full")
    + _LOAN.format(semantics="delta", rank="", ranked=""),
}

# A concept and a source that have nothing to do with the library.
OTHER_MODEL = {
    "boat": f"concept: boat\n{BODY}key:\n{_attributes(2, boat_name='string')}satellites:\n"
    + _satellite("hull", colour="string")
}
OTHER_SOURCES = {
    "harbour": "source: harbour\n"
    + _HEAD
    + """  boat:
    files: boat_*.csv
    semantics: full
    key: [name]
    columns: {name: {}, colour: {}}
    feeds:
      boat: {key: {boat_name: name}, attributes: {colour: colour}}
"""
}


def loaded(model: dict[str, str], sources: dict[str, str]) -> tuple[ConceptModel, tuple[SourceMapping, ...]]:
    """YAML texts as a checked model and its mappings."""
    with TemporaryDirectory() as folder:
        for name, files in (("model", model), ("sources", sources)):
            (Path(folder) / name).mkdir()
            for stem, text in files.items():
                (Path(folder) / name / f"{stem}.yml").write_text(text, encoding="utf-8")
        concepts = load_model(Path(folder) / "model")
        return concepts, load_sources(Path(folder) / "sources", concepts)


@cache
def library() -> tuple[ConceptModel, tuple[SourceMapping, ...]]:
    """The library's model and mappings."""
    return loaded(MODEL, SOURCES)
