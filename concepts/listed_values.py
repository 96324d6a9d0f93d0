"""The values of closed lists in the languages of the reader: what a type, a status or a class of privacy is called."""

from __future__ import annotations

from typing import Literal

from concepts.wording import ORDER, Language, Words

List = Literal["type", "privacy", "status", "unit", "period", "concerns", "moment", "owner"]

_VALUES: dict[List, dict[str, Words]] = {
    "type": {
        "string": ("text", "teksti", "text"),
        "code": ("code", "koodi", "kod"),
        "integer": ("whole number", "kokonaisluku", "heltal"),
        "decimal": ("decimal number", "desimaaliluku", "decimaltal"),
        "date": ("date", "päivämäärä", "datum"),
        "datetime": ("date and time", "päivämäärä ja kellonaika", "datum och klockslag"),
        "boolean": ("yes or no", "kyllä tai ei", "ja eller nej"),
    },
    "privacy": {
        "direct_identifier": (
            "identifies a person; only a pseudonym is kept",
            "yksilöi henkilön; vain pseudonyymi säilytetään",
            "identifierar en person; bara en pseudonym sparas",
        ),
        "quasi_identifier": (
            "may identify with other data",
            "voi yksilöidä henkilön yhdessä muiden tietojen kanssa",
            "kan identifiera en person tillsammans med andra uppgifter",
        ),
        "sensitive": ("sensitive", "arkaluonteinen", "känslig"),
        "none": ("no class of its own", "ei omaa luokkaa", "ingen egen klass"),
    },
    # Of an indicator's card, then of a time limit.
    "status": {
        "law": ("required by law", "lain edellyttämä", "förutsätts i lag"),
        "sotkanet": ("as Sotkanet has it", "Sotkanetin mukainen", "enligt Sotkanet"),
        "proposal": ("proposal", "ehdotus", "förslag"),
        # Of a limit that may have ended since: its days stand beside it.
        "in force": ("came into force", "tullut voimaan", "har trätt i kraft"),
        "cancelled before force": (
            "cancelled before force",
            "kumottu ennen voimaantuloa",
            "upphävd före ikraftträdandet",
        ),
        "unverified": ("unverified", "tarkistamatta", "inte kontrollerad"),
    },
    "unit": {
        "days": ("days", "päivää", "dygn"),
        "persons": ("persons", "henkilöä", "personer"),
        "visits/HTV2": ("visits/HTV2", "käyntiä/HTV2", "besök/HTV2"),
        "EUR/resident": ("EUR/resident", "EUR/asukas", "EUR/invånare"),
        "EUR/visit": ("EUR/visit", "EUR/käynti", "EUR/besök"),
        "per 1 000": ("per 1 000", "/ 1 000 asukasta", "/ 1 000 invånare"),
        "per 10 000": ("per 10 000", "/ 10 000 asukasta", "/ 10 000 invånare"),
    },
    "period": {
        "day": ("days", "päivää", "dagar"),
        "weekday": ("weekdays", "arkipäivää", "vardagar"),
        "week": ("weeks", "viikkoa", "veckor"),
        "month": ("months", "kuukautta", "månader"),
    },
    "concerns": {"all": ("everyone", "kaikkia", "alla")},
    # Where the clock of a time limit starts or stops.
    "moment": {
        "contact attempt": ("contact attempt", "yhteydenottoyritys", "kontaktförsök"),
        "contact": ("contact", "yhteydenotto", "kontakt"),
        "need assessment": ("need assessment", "hoidon tarpeen arviointi", "bedömning av vårdbehovet"),
        "visit": ("visit", "käynti", "besök"),
        "need found": ("need found", "tarpeen toteaminen", "konstaterat behov"),
        "need of hospital care found": (
            "need of hospital care found",
            "sairaalahoidon tarpeen toteaminen",
            "konstaterat behov av sjukhusvård",
        ),
        "treatment": ("treatment", "hoito", "vård"),
        "referral arrived": ("referral arrived", "lähetteen saapuminen", "remissens ankomst"),
        "referral processed": ("referral processed", "lähetteen käsittely", "behandling av remissen"),
        "specialist assessment": ("specialist assessment", "erikoislääkärin arviointi", "specialistbedömning"),
        "pending": ("became pending", "vireilletulo", "anhängiggörande"),
        "assessment": ("assessment", "arviointi", "bedömning"),
        "assessment started": ("assessment started", "arvioinnin aloittaminen", "inledd bedömning"),
        "assessment ready": ("assessment ready", "arvioinnin valmistuminen", "slutförd bedömning"),
        "decision": ("decision", "päätös", "beslut"),
        "decision whether to assess": (
            "decision whether to assess",
            "päätös palvelutarpeen arvioinnin aloittamisesta",
            "beslut om huruvida servicebehovet ska bedömas",
        ),
        "service started": ("service started", "palvelun alkaminen", "inledd service"),
        "application": ("application", "hakemus", "ansökan"),
        "complete application arrived": (
            "complete application arrived",
            "täydellisen hakemuksen saapuminen",
            "fullständig ansökan inkommen",
        ),
        "notice arrived": ("notice arrived", "ilmoituksen saapuminen", "anmälan inkommen"),
        "previous publication": ("previous publication", "edellinen julkaiseminen", "föregående offentliggörande"),
        "publication of waiting times": (
            "publication of waiting times",
            "odotusaikojen julkaiseminen",
            "offentliggörande av väntetiderna",
        ),
    },
    # The owners of the national model. An owner is a free text on each concept and source, so that a translation there
    # would be written as often as the owner is named; the owners of other models are told as they are, marked English.
    "owner": {
        "knowledge management": ("knowledge management", "tietojohtaminen", "kunskapsledning"),
        "health services": ("health services", "terveyspalvelut", "hälsotjänster"),
        "social services": ("social services", "sosiaalipalvelut", "socialtjänster"),
        "human resources": ("human resources", "henkilöstö", "personal"),
        "finance": ("finance", "talous", "ekonomi"),
    },
}  # fmt: skip


def value_in(language: Language, of: List, value: str) -> str:
    """The value in the reader's language; one that is not on the list stays as it is."""
    return _VALUES[of][value][ORDER.index(language)] if is_listed(of, value) else value


def is_listed(of: List, value: str) -> bool:
    """Whether the value has words in every language."""
    return value in _VALUES[of]
