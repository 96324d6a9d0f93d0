"""The words of an explanation in the languages of the reader."""

from __future__ import annotations

from typing import Literal

Language = Literal["en", "fi", "sv"]

# label or value -> its words in English, Finnish and Swedish
_WORDS: dict[str, tuple[str, str, str]] = {
    "concept": ("concept", "käsite", "begrepp"),
    "attribute": ("attribute", "ominaisuus", "egenskap"),
    "indicator": ("indicator", "mittari", "indikator"),
    "rule": ("rule of law", "lain määräaika", "lagens tidsfrist"),
    "table": ("table of the warehouse", "tietovaraston taulu", "tabell i datalagret"),
    "column": ("delivered column", "toimitettu sarake", "levererad kolumn"),
    "definition": ("definition", "määritelmä", "definition"),
    "source": ("basis", "peruste", "grund"),
    "owner": ("owner", "omistaja", "ägare"),
    "key": ("key", "avain", "nyckel"),
    "attributes": ("attributes", "ominaisuudet", "egenskaper"),
    "relations": ("relations", "suhteet", "relationer"),
    "part_of": ("of the concept", "käsitteestä", "av begreppet"),
    "type": ("type", "tyyppi", "typ"),
    "unit": ("unit", "yksikkö", "enhet"),
    "codes": ("code set", "koodisto", "kodverk"),
    "privacy": ("privacy", "tietosuoja", "dataskydd"),
    "comes_from": ("comes from", "tulee lähteestä", "kommer från"),
    "feeds": ("feeds", "tuottaa", "ger"),
    "tables": ("kept in", "säilytetään tauluissa", "finns i"),
    "holds": ("holds", "sisältää", "innehåller"),
    "indicators": ("used by indicators", "käyttävät mittarit", "används av indikatorerna"),
    "legal_basis": ("legal basis", "säädösperusta", "rättslig grund"),
    "numerator": ("numerator", "osoittaja", "täljare"),
    "denominator": ("denominator", "nimittäjä", "nämnare"),
    "calculation_rule": ("calculation", "laskenta", "beräkning"),
    "computed_by": ("computed by", "laskee", "beräknas av"),
    "version": ("version", "versio", "version"),
    "concepts": ("concepts", "käsitteet", "begrepp"),
    "rules": ("time limits", "määräajat", "tidsfrister"),
    "limits": ("restrictions", "rajoitukset", "begränsningar"),
    "limit": ("time limit", "määräaika", "tidsfrist"),
    "clock": ("from – to", "mistä – mihin", "från – till"),
    "group": ("concerns", "koskee", "gäller"),
    "valid": ("in force", "voimassa", "i kraft"),
    "status": ("status", "tila", "status"),
    "ages": ("ages", "iät", "åldrarna"),
    "day": ("days", "päivää", "dagar"),
    "weekday": ("weekdays", "arkipäivää", "vardagar"),
    "week": ("weeks", "viikkoa", "veckor"),
    "month": ("months", "kuukautta", "månader"),
    "direct_identifier": (
        "identifies a person; only a pseudonym is kept",
        "yksilöi henkilön; vain peitetunnus säilytetään",
        "identifierar en person; bara en pseudonym sparas",
    ),
    "quasi_identifier": (
        "may identify with other data",
        "voi yksilöidä muiden tietojen kanssa",
        "kan identifiera med andra uppgifter",
    ),
    "sensitive": ("sensitive", "arkaluonteinen", "känslig"),
    "none": ("no class of its own", "ei omaa luokkaa", "ingen egen klass"),
    "pending": ("deliveries that wait for their load", "latausta odottavat toimitukset", "leveranser som väntar"),
    "staging": ("a delivery, typed and hashed", "toimitus tyypitettynä ja avaimin", "en leverans med nycklar"),
    "hub": ("hub: every key once", "keskus: jokainen avain kerran", "nav: varje nyckel en gång"),
    "reference_hub": (
        "reference hub: every code once",
        "viitekeskus: jokainen koodi kerran",
        "referensnav: varje kod en gång",
    ),
    "link": ("link: relations, each once", "linkki: jokainen suhde kerran", "länk: varje relation en gång"),
    "effectivity": (
        "when each relation was told",
        "milloin kukin suhde ilmoitettiin",
        "när varje relation meddelades",
    ),
    "satellite": (
        "satellite: history of attributes",
        "satelliitti: ominaisuuksien historia",
        "satellit: egenskapernas historia",
    ),
    "multi_active": (
        "satellite: history of sets of rows",
        "satelliitti: rivijoukkojen historia",
        "satellit: radmängdernas historia",
    ),
    "reference_satellite": (
        "reference satellite: history of codes",
        "viitesatelliitti: koodien historia",
        "referenssatellit: kodernas historia",
    ),
    "status_table": ("when the source had it", "milloin se oli lähteessä", "när den fanns i källan"),
    "telling": (
        "since when the source told of it, where its link does not say so",
        "mistä lähtien lähde on kertonut siitä, kun linkki ei sitä kerro",
        "från när källan har berättat om den, där länken inte säger det",
    ),
    "record_tracking": (
        "which deliveries named it",
        "mitkä toimitukset mainitsivat sen",
        "vilka leveranser som nämnde den",
    ),
    "transaction": ("events as they were told", "tapahtumat ilmoitettuina", "händelser som de meddelats"),
    "reference": ("reference data as known now", "viitetiedot tällä hetkellä", "referensdata som känt nu"),
    "current": ("as known now", "tämänhetkinen tieto", "vad som är känt nu"),
    "current_set": ("the rows as known now", "tämänhetkiset rivit", "raderna som känt nu"),
    "current_relation": ("relations that hold now", "nyt voimassa olevat suhteet", "relationer som gäller nu"),
    "current_event": ("events as they count", "tapahtumat, jotka ovat voimassa", "händelser som gäller"),
    "entries": (
        "events as entries and counter-entries",
        "tapahtumat kirjauksina ja vastakirjauksina",
        "händelser som bokningar och motbokningar",
    ),
    "as_of": (
        "what was known when, of which time",
        "mitä milloinkin tiedettiin miltäkin ajalta",
        "vad som var känt när, om vilken tid",
    ),
    "hierarchy": ("everyone above each one", "kaikki kunkin yläpuolella olevat", "alla ovanför var och en"),
    "same_as": ("which stands for all the same", "mikä edustaa kaikkia samoja", "vilken som står för alla likadana"),
    "point_in_time": (
        "the versions in force on given days",
        "tiettyinä päivinä voimassa olleet versiot",
        "de versioner som gällde vissa dagar",
    ),
    "bridge": ("bridge: a way along relations", "silta: polku suhteita pitkin", "bro: en väg längs relationer"),
    "computed": ("satellite computed by a rule", "säännöllä laskettu satelliitti", "satellit beräknad av en regel"),
    "repeated": (
        "keys that several records of a delivery name",
        "avaimet, jotka toimituksessa on usealla rivillä",
        "nycklar som flera rader i en leverans anger",
    ),
    "ledger": (
        "what became of a delivery's records",
        "mitä toimituksen riveille tapahtui",
        "vad som hände med leveransens rader",
    ),
    "load_ledger": (
        "what became of every delivery's records",
        "mitä kunkin toimituksen riveille tapahtui",
        "vad som hände med varje leverans rader",
    ),
}  # fmt: skip
_ORDER: tuple[Language, ...] = ("en", "fi", "sv")


def word(label: str, language: Language) -> str:
    """The label in the reader's language; a label without words stays as it is."""
    return _WORDS[label][_ORDER.index(language)] if label in _WORDS else label
