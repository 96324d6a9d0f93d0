"""The words of an explanation in the languages of the reader: its labels, and the kinds of tables."""

from __future__ import annotations

from typing import Literal

Language = Literal["en", "fi", "sv"]
Words = tuple[str, str, str]
ORDER: tuple[Language, ...] = ("en", "fi", "sv")

# label or kind -> its words in that order
_WORDS: dict[str, Words] = {
    "concept": ("concept", "käsite", "begrepp"),
    "attribute": ("attribute", "ominaisuus", "egenskap"),
    "indicator": ("indicator", "indikaattori", "indikator"),
    "rule": ("rule of law", "lakisääteinen määräaika", "lagstadgad tidsfrist"),
    "table": ("table of the warehouse", "tietovaraston taulu", "tabell i datalagret"),
    "column": ("delivered column", "toimitettu sarake", "levererad kolumn"),
    "vault_column": ("column of the warehouse", "tietovaraston sarake", "kolumn i datalagret"),
    "registry": ("registry of deliveries", "toimitusten rekisteri", "registret över leveranser"),
    "feeds_nothing": (
        "feeds no attribute",
        "ei tuota tietoa ominaisuuksiin",
        "ger ingen uppgift till egenskaperna",
    ),
    "ignored": ("dropped at the gate unread", "hylätään portilla lukematta", "kasseras oläst vid porten"),
    "definition": ("definition", "määritelmä", "definition"),
    "source": ("basis", "peruste", "grund"),
    "owner": ("owner", "omistaja", "ägare"),
    "key": ("key", "avain", "nyckel"),
    "attributes": ("attributes", "ominaisuudet", "egenskaper"),
    "relations": ("relations", "suhteet", "relationer"),
    "part_of": ("of the concept", "kuuluu käsitteeseen", "hör till begreppet"),
    "type": ("type", "tyyppi", "typ"),
    "unit": ("unit", "yksikkö", "enhet"),
    "codes": ("code set", "koodisto", "kodverk"),
    "privacy": ("privacy", "tietosuoja", "dataskydd"),
    "comes_from": ("comes from", "tulee lähteestä", "kommer från"),
    "feeds": ("feeds", "tuottaa tiedon", "ger uppgiften"),
    "tables": ("kept in", "säilytetään tauluissa", "finns i tabellerna"),
    "holds": ("holds", "sisältää", "innehåller"),
    "indicators": ("used by indicators", "käytetään indikaattoreissa", "används av indikatorerna"),
    "concept_indicators": (
        "indicators of the concept",
        "käsitteen indikaattorit",
        "indikatorer för begreppet",
    ),
    "code_of": ("codes of", "koodit ominaisuuksille", "koder för egenskaperna"),
    "reads": ("reads", "lukee tauluja", "läser tabellerna"),
    "read_for": (
        "read for indicators, at first or second hand",
        "luetaan suoraan tai välillisesti indikaattoreita varten",
        "läses direkt eller indirekt för indikatorerna",
    ),
    "read_by": ("read by", "luetaan tauluissa", "läses av tabellerna"),
    "code_set": ("code set", "koodisto", "kodverk"),
    "mart": ("table for reporting", "raportoinnin taulu", "tabell för rapportering"),
    "in_english": ("in English", "englanniksi", "på engelska"),
    "legal_basis": ("legal basis", "säädösperusta", "rättslig grund"),
    "numerator": ("numerator", "osoittaja", "täljare"),
    "denominator": ("denominator", "nimittäjä", "nämnare"),
    "calculation_rule": ("calculation", "laskenta", "beräkning"),
    "computed_by": ("computed by", "lasketaan taulussa", "beräknas i tabellen"),
    "version": ("version", "versio", "version"),
    "concepts": ("concepts", "käsitteet", "begrepp"),
    "rules": ("time limits", "määräajat", "tidsfrister"),
    "limits": ("restrictions", "rajoitukset", "begränsningar"),
    "limit": ("time limit", "määräaika", "tidsfrist"),
    "clock": ("from – to", "mistä – mihin", "från – till"),
    "group": ("concerns", "koskee", "gäller"),
    "status": ("status", "tila", "status"),
    "ages": ("ages", "ikä", "ålder"),
    "pending": (
        "deliveries that wait for their load",
        "latausta odottavat toimitukset",
        "leveranser som väntar på att laddas",
    ),
    "staging": (
        "a delivery, typed and hashed",
        "toimitus tyypitettynä ja tiivisteavaimin",
        "en leverans, typad och med hashnycklar",
    ),
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
        "mistä lähtien lähde on ilmoittanut sen, jos linkki ei sitä kerro",
        "sedan när källan har uppgett den, om länken inte anger det",
    ),
    "record_tracking": (
        "which deliveries named it",
        "mitkä toimitukset mainitsivat sen",
        "vilka leveranser som nämnde den",
    ),
    "transaction": (
        "events as they were told",
        "tapahtumat sellaisina kuin ne on ilmoitettu",
        "händelserna så som de har meddelats",
    ),
    "reference": (
        "reference data as known now",
        "viitetiedot sellaisina kuin ne nyt tunnetaan",
        "referensdata så som de är kända nu",
    ),
    "current": ("as known now", "tämänhetkinen tieto", "vad som är känt nu"),
    "current_set": ("the rows as known now", "tämänhetkiset rivit", "raderna så som de är kända nu"),
    "current_relation": ("relations that hold now", "nyt voimassa olevat suhteet", "relationer som gäller nu"),
    "current_event": ("events as they count", "voimassa olevat tapahtumat", "händelser som gäller"),
    "entries": (
        "events as entries and counter-entries",
        "tapahtumat kirjauksina ja vastakirjauksina",
        "händelser som poster och motposter",
    ),
    "as_of": (
        "what was known when, of which time",
        "mitä milloinkin tiedettiin mistäkin ajasta",
        "vad som vid varje tidpunkt var känt om vilken tid",
    ),
    "hierarchy": ("everyone above each one", "kaikki kunkin yläpuolella olevat", "alla ovanför var och en"),
    "same_as": (
        "which stands for all the same",
        "mikä edustaa kaikkia samaa tarkoittavia",
        "vilken som företräder alla som är desamma",
    ),
    "point_in_time": (
        "the versions in force on given days",
        "tiettyinä päivinä voimassa olleet versiot",
        "de versioner som gällde på bestämda dagar",
    ),
    "bridge": ("bridge: a way along relations", "silta: polku suhteita pitkin", "brygga: en väg längs relationer"),
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


def word(label: str, language: Language) -> str:
    """The label in the reader's language; a label without words stays as it is."""
    return _WORDS[label][ORDER.index(language)] if label in _WORDS else label
