"""A library's branch: what the library of the laws lacks of the generator's entities, as YAML and SQL text."""

from __future__ import annotations

from tests.laws.library import BODY, TERM


def _typed(**types: str) -> str:
    return "{" + ", ".join(f"{name}: {{type: {type_}, {TERM}}}" for name, type_ in types.items()) + "}"


def _concept(name: str, key: str, *more: str) -> str:
    return "\n".join([f"concept: {name}\n{BODY}key: {key}", *more])


MODEL = {
    "member": _concept(
        "member",
        _typed(member_number="string"),
        f"satellites:\n  home: {{attributes: {_typed(town='string')}}}",
        f"  standing: {{computed: standing.sql, attributes: {_typed(loan_count='integer')}}}",
        "links:\n  same: {sort: same_as, participants: [{role: twin, concept: member}]}",
        "point_in_time: {satellites: [home], calendar: {every: day, keep: {day: 2, month: 2}}}",
    ),
    "standing.sql": "select borrower_hk as member_hk, count(*) as loan_count\n"
    "from {{ ref('current_loan') }}\nwhere borrower_hk is not null\ngroup by borrower_hk\n",
    "book": _concept(
        "book",
        _typed(shelf="string", slot="integer"),
        f"satellites:\n  keeping: {{attributes: {_typed(condition='string')}}}",
        "links:\n  keeping: {participants: [{role: keeper, concept: member}]}",
        "  part_of: {sort: hierarchy, participants: [{role: whole, concept: book}]}",
    ),
    "loan": _concept(
        "loan",
        _typed(loan_number="string"),
        "tracked: true",
        "links:\n  lending:\n    participants: [{role: borrower, concept: member}, book]",
        f"    satellites: {{terms: {{attributes: {_typed(due='date')}}}}}",
        f"  item:\n    driven: false\n    participants: [{{role: article, concept: book}}]\n"
        f"    child_key: {_typed(line='integer')}",
        f"    satellites: {{pricing: {{attributes: {_typed(price='decimal')}}}}}",
        "bridges:\n  reach: {path: [lending, book.keeping], calendar: day}",
        "  ever: {path: [lending, book.keeping], effective: false}",
    ),
    "genre": _concept(
        "genre",
        _typed(genre_code="string"),
        "kind: reference\nvalidity: {begins: starts, ends: expires}",
        f"satellites:\n  naming: {{attributes: {_typed(genre_name='string', starts='date', expires='date')}}}",
    ),
    "payment": _concept(
        "payment",
        _typed(payment_number="string"),
        "kind: transaction\ntold_anew: corrects",
        f"satellites:\n  entry: {{attributes: {_typed(amount='decimal')}}}",
        "links:\n  entry: {participants: [member]}",
    ),
}

SOURCES = {
    "branch": f"source: branch\n{TERM}\nowner: librarian\n"
    + """tables:
  member:
    files: member_*.csv
    semantics: partition
    key: [number]
    columns: {number: {}, town: {}, twin: {}}
    feeds:
      member: {key: {member_number: number}, attributes: {town: town}}
      twin: {concept: member, when: twin, key: {member_number: twin}}
  book:
    files: book_*.csv
    semantics: delta
    deleted: {column: deleted, values: [D]}
    key: [shelf, slot]
    columns: {deleted: {}, shelf: {}, slot: {}, condition: {}, keeper: {}, whole_shelf: {}, whole_slot: {}}
    feeds:
      book: {key: {shelf: shelf, slot: slot}, attributes: {condition: condition}}
      keeper: {concept: member, key: {member_number: keeper}}
      whole: {concept: book, when: whole_shelf, key: {shelf: whole_shelf, slot: whole_slot}}
  loan:
    files: loan_*.csv
    semantics: partition
    key: [loan]
    columns: {loan: {}, due: {}, borrower: {}, shelf: {}, slot: {}}
    feeds:
      loan: {key: {loan_number: loan}, attributes: {due: due}}
      borrower: {concept: member, key: {member_number: borrower}}
      book: {key: {shelf: shelf, slot: slot}}
  item:
    files: item_*.csv
    semantics: partition
    key: [loan, shelf, slot, line]
    columns: {loan: {}, shelf: {}, slot: {}, line: {}, price: {}}
    feeds:
      loan: {key: {loan_number: loan}, attributes: {line: line, price: price}}
      article: {concept: book, key: {shelf: shelf, slot: slot}}
  genre:
    files: genre_*.csv
    semantics: full
    key: [code]
    columns: {code: {}, name: {}, starts: {}, expires: {}}
    feeds:
      genre: {key: {genre_code: code}, attributes: {genre_name: name, starts: starts, expires: expires}}
  payment:
    files: payment_*.csv
    semantics: event
    key: [payment]
    columns: {payment: {}, number: {}, amount: {}}
    feeds:
      payment: {key: {payment_number: payment}, attributes: {amount: amount}}
      member: {key: {member_number: number}}
"""
}
