"""The words of the documents in the languages of the reader, beside those of concepts.wording."""

from __future__ import annotations

from concepts.documents.parts import Said
from concepts.listed_values import is_listed, value_in
from concepts.metamodel import Term
from concepts.wording import Language, word

LANGUAGES: tuple[Language, ...] = ("fi", "sv", "en")
NAMES: dict[Language, str] = {"fi": "suomi", "sv": "svenska", "en": "English"}

_WORDS: dict[str, tuple[str, str, str]] = {
    "dictionary": ("Tietohakemisto", "Dataordbok", "Data dictionary"),
    "glossary": ("Sanasto", "Ordlista", "Glossary"),
    "skip": ("Siirry sisältöön", "Gå direkt till innehållet", "Skip to the content"),
    "pages": ("Sivut", "Sidor", "Pages"),
    "name": ("nimi tietovarastossa", "namn i datalagret", "name in the warehouse"),
    "term": ("termi", "term", "term"),
    "kind": ("laji", "slag", "kind"),
    "dimensions": ("kuvausulottuvuudet", "dimensioner", "dimensions"),
    "key_scope": ("avaimen piiri", "nyckelns räckvidd", "scope of the key"),
    "shared": ("sama kaikissa lähteissä", "samma i alla källor", "the same in every source"),
    "own_of_source": ("lähteen oma", "källans egen", "each source has its own"),
    "relation": ("suhde", "relation", "relation"),
    "holds_relation": ("yhtä aikaa", "samtidigt", "at one time"),
    "one": ("yksi", "en", "one"),
    "many": ("monta", "flera", "many"),
    "hub_concept": ("käsite, jolla on historia", "begrepp med historia", "concept with a history"),
    "transaction_concept": ("tapahtuma", "händelse", "event"),
    "reference_concept": ("viitetieto", "referensdata", "reference data"),
    "yes": ("kyllä", "ja", "yes"),
    "refused": ("ensimmäinen ilmoitus jää voimaan", "det första meddelandet gäller", "the first telling counts"),
    "corrects": ("viimeinen ilmoitus korjaa", "det sista meddelandet rättar", "the last telling corrects"),
    "told_anew": ("kun ilmoitetaan toisin", "när annat meddelas", "when told otherwise"),
    "tracked": ("jokainen maininta kirjataan", "varje omnämnande antecknas", "each delivery that names it is recorded"),
    "validity": ("voimassaolo", "giltighet", "validity"),
    "bridges": ("sillat", "bryggor", "bridges"),
    "snapshots": ("poikkileikkaukset", "ögonblicksbilder", "snapshots"),
    "every_day": ("päivittäin", "varje dag", "every day"),
    "every_week": ("viikon lopussa", "i slutet av veckan", "at the end of the week"),
    "every_month": ("kuukauden lopussa", "i slutet av månaden", "at the end of the month"),
    "every_quarter": ("neljännesvuoden lopussa", "i slutet av kvartalet", "at the end of the quarter"),
    "every_year": ("vuoden lopussa", "i slutet av året", "at the end of the year"),
    "keep_day": ("päivää", "dagarna", "days"),
    "keep_week": ("viikkoa", "veckorna", "weeks"),
    "keep_month": ("kuukautta", "månaderna", "months"),
    "keep_quarter": ("neljännesvuotta", "kvartalen", "quarters"),
    "keep_year": ("vuotta", "åren", "years"),
    "latest": ("viimeiset", "de senaste", "the latest"),
    "days_of": ("päivät:", "dagar:", "days:"),
    "not_effective": ("myös päättyneet suhteet", "också avslutade relationer", "also relations that ended"),
    "sort_hierarchy": ("hierarkia: yläpuolella", "hierarki: ovanför", "hierarchy: above"),
    "sort_same_as": ("sama kuin", "samma som", "same as"),
    "key_of_relation": ("suhteen avain", "relationens nyckel", "key of the relation"),
    "computed_by_rule": ("laskettu", "beräknad", "computed"),
    "aspect": ("osa", "del", "aspect"),
    "refers": ("Muiden alueiden viittaukset", "Hänvisningar från andra områden", "Referred to from other areas"),
    "legend": (
        "Nuoli: viittaa. Katkoviiva: monta yhtä aikaa. Harmaa: toisen alueen käsite. Alleviivattu: avain. "
        "Suluissa: ominaisuuksien määrä.",
        "Pil: hänvisar. Streckad: flera samtidigt. Grå: begrepp i ett annat område. Understruken: nyckel. "
        "Inom parentes: antal egenskaper.",
        "Arrow: refers to. Dashed: many at one time. Grey: concept of another area. Underlined: key. "
        "In brackets: number of attributes.",
    ),
}


def say(label: str, language: Language) -> str:
    """The label in the reader's language; a label without words stays as it is."""
    return _WORDS[label][LANGUAGES.index(language)] if label in _WORDS else word(label, language)


def term_in(term: Term, language: Language) -> str:
    """The term in the reader's language."""
    return str(getattr(term, language))


def capital(text: str) -> str:
    """The text with a capital first letter, the rest as it is."""
    return text[:1].upper() + text[1:]


def english(text: str, language: Language) -> Said:
    """A text that the model has only in English."""
    return Said(text, None if language == "en" else "en")


def owner_in(owner: str, language: Language) -> Said:
    """The owner's name in the reader's language where it is known, else as English."""
    return Said(value_in(language, "owner", owner)) if is_listed("owner", owner) else english(owner, language)
