"""A library whose model comes in versions: what tests of plans change."""

from __future__ import annotations

import copy

from concepts.metamodel import Concept, ConceptModel
from concepts.planning import Version, plan
from concepts.sources import SourceMapping

TERM = {"en": "a", "fi": "b", "sv": "c"}
ABOUT = {"term": TERM, "definition": TERM, "source": "own example", "owner": "library"}


def attribute(type_="string", **more):
    return {"type": type_, "term": TERM, **more}


BOOK = {
    **ABOUT,
    "concept": "book",
    "key": {"isbn": attribute()},
    "satellites": {
        "cover": {"attributes": {"title": attribute(), "printed_date": attribute("date")}},
        "keyword": {"child_key": ["keyword_text"], "attributes": {"keyword_text": attribute()}},
    },
}
LOAN = {
    **ABOUT,
    "concept": "loan",
    "key_scope": "source",
    "key": {"loan_number": attribute()},
    "satellites": {"period": {"attributes": {"lent_date": attribute("date")}}},
    "links": {
        "lending": {
            "participants": ["book"],
            "satellites": {"terms": {"attributes": {"due_date": attribute("date"), "loan_note": attribute()}}},
        },
        "copies": {
            "driven": False,
            "participants": [{"role": "copy", "concept": "book"}],
            "child_key": {"copy_number": attribute("integer")},
        },
    },
}
FINE = {
    **ABOUT,
    "concept": "fine",
    "kind": "transaction",
    "key": {"fine_number": attribute()},
    "satellites": {"payment": {"attributes": {"fine_amount": attribute("decimal")}}},
    "links": {"cause": {"participants": ["loan"]}},
}
LIBRARY = {
    "source": "library",
    "term": TERM,
    "owner": "library",
    "tables": {
        "books": {
            "files": "books*.csv",
            "semantics": "full",
            "key": ["ISBN"],
            "columns": {"ISBN": {}, "NAME": {}, "PRINTED": {}},
            "feeds": {"book": {"key": {"isbn": "ISBN"}, "attributes": {"title": "NAME", "printed_date": "PRINTED"}}},
        },
        "keywords": {
            "files": "keywords*.csv",
            "semantics": "delta",
            "key": ["ISBN", "WORD"],
            "columns": {"ISBN": {}, "WORD": {}},
            "feeds": {"book": {"key": {"isbn": "ISBN"}, "attributes": {"keyword_text": "WORD"}}},
        },
        "loans": {
            "files": "loans*.csv",
            "semantics": "delta",
            "key": ["LOAN"],
            "columns": {"LOAN": {}, "ISBN": {}, "LENT": {}, "DUE": {}, "NOTE": {}},
            "feeds": {
                "book": {"key": {"isbn": "ISBN"}},
                "loan": {
                    "key": {"loan_number": "LOAN"},
                    "attributes": {"lent_date": "LENT", "due_date": "DUE", "loan_note": "NOTE"},
                },
            },
        },
        "copies": {
            "files": "copies*.csv",
            "semantics": "full",
            "key": ["LOAN", "ISBN", "COPY"],
            "columns": {"LOAN": {}, "ISBN": {}, "COPY": {}},
            "feeds": {
                "copy": {"concept": "book", "key": {"isbn": "ISBN"}},
                "loan": {"key": {"loan_number": "LOAN"}, "attributes": {"copy_number": "COPY"}, "links": ["copies"]},
            },
        },
        "fines": {
            "files": "fines*.csv",
            "semantics": "event",
            "key": ["FINE"],
            "columns": {"FINE": {}, "LOAN": {}, "EUROS": {}},
            "feeds": {
                "loan": {"key": {"loan_number": "LOAN"}},
                "fine": {"key": {"fine_number": "FINE"}, "attributes": {"fine_amount": "EUROS"}},
            },
        },
    },
}
COMPUTED = {"computed": "keyword.sql", "attributes": {"keyword_text": attribute()}}
QUERIES = {"keyword.sql": "select 1", "score.sql": "select book_hk, 1 as score from hub_book"}
MEASURES = {"LIB-01": ("book", "loan"), "LIB-02": ("loan",), "LIB-03": ("fine",)}
COVER = "sat_book_cover__library_books"


def version(change=None, change_source=None):
    """The library's model and mapping, changed in place by the test."""
    source = copy.deepcopy(LIBRARY)
    if change_source:
        change_source(source)
    return Version(ConceptModel(concepts=changed(change), queries=QUERIES), (SourceMapping.model_validate(source),))


def changed(change=None):
    """The library's concepts, changed in place by the test."""
    concepts = copy.deepcopy({"book": BOOK, "loan": LOAN, "fine": FINE})
    if change:
        change(concepts)
    return {name: Concept.model_validate(told) for name, told in concepts.items()}


def planned(change=None, change_source=None):
    return plan(version(), version(change, change_source), MEASURES)


def add_language(concepts):
    concepts["book"]["satellites"]["cover"]["attributes"]["book_language"] = attribute()


def names(objects):
    return [str(told) for told in objects]


def change_at(*path, value):
    def change(told):
        for step in path[:-1]:
            told = told[step]
        told[path[-1]] = value

    return change


def drop_at(*path):
    def change(told):
        for step in path[:-1]:
            told = told[step]
        del told[path[-1]]

    return change
