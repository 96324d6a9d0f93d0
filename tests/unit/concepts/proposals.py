"""A nation, a county, and what adopting the county's proposal makes of the nation's files, to the letter."""

from __future__ import annotations

from pathlib import Path

from concepts.loading import load_model
from concepts.overlay import load_region
from concepts.proposal import diff, proposal_text

VISIT = """\
# Visits as the register tells them.
concept: visit
term: {en: visit, fi: käynti, sv: besök}
definition: {en: One meeting., fi: Yksi tapaaminen., sv: Ett möte.}
source: Act 1326/2010  # section 51
owner: health services
dimensions: [SAA]
key:
  visit_id: {type: string, term: {en: visit number, fi: käynnin numero, sv: besökets nummer}}
satellites:
  timing:
    attributes:
      visit_started_at: {type: datetime, term: {en: began, fi: alkoi, sv: började}}  # local time
  content:
    attributes: {visit_nature: {type: string, term: {en: nature, fi: luonne, sv: art}}}
"""
LINKS = """\
links:
  # who treats
  care:
    participants: [unit]
    satellites:
      terms:
        attributes:
          care_fee: {type: decimal, term: {en: fee, fi: maksu, sv: avgift}}
  place: {participants: [{role: site, concept: unit}]}
"""
UNIT = """\
concept: unit
term: {en: unit, fi: yksikkö, sv: enhet}
definition: {en: A place., fi: Paikka., sv: En plats.}
source: Act 741/2023
owner: knowledge management
key:
  unit_id: {type: string, term: {en: unit number, fi: yksikön numero, sv: enhetens nummer}}
"""
ADDED_TO_LINKS = """\
extends: visit
source: own practice
owner: social services
satellites:
  score:
    computed: score.sql
    attributes:
      visit_score: {type: integer, term: {en: score, fi: pisteet, sv: poäng}}
links:
  care:
    satellites:
      terms:
        attributes:
          care_until: {type: date, term: {en: until, fi: asti, sv: till}}
      cost:
        attributes:
          care_cost: {type: decimal, term: {en: cost, fi: kustannus, sv: kostnad}}
  place:
    satellites:
      room:
        attributes:
          room_name: {type: string, term: {en: room, fi: huone, sv: rum}}
  ride:
    sort: same_as
    participants: [{role: same_visit, concept: visit}]
    child_key:
      ride_number: {type: integer, term: {en: ride, fi: matka, sv: resa}}
bridges:
  units: {path: [care], calendar: {every: day, keep: {day: 31, month: 24}}}
"""
SCORE = "-- a rule: one row a visit\nselect visit_hk, 1 as visit_score\nfrom {{ ref('hub_visit') }}\n"
ADOPTED_LINKS = """\
  # proposed by kainuu (social services): own practice
  score:
    computed: score.sql
    attributes:
      visit_score: {type: integer, term: {en: score, fi: pisteet, sv: poäng}}
links:
  # who treats
  care:
    participants: [unit]
    satellites:
      terms:
        attributes:
          care_fee: {type: decimal, term: {en: fee, fi: maksu, sv: avgift}}
          # proposed by kainuu (social services): own practice
          care_until: {type: date, term: {en: until, fi: asti, sv: till}}
      # proposed by kainuu (social services): own practice
      cost:
        attributes:
          care_cost: {type: decimal, term: {en: cost, fi: kustannus, sv: kostnad}}
  place: {participants: [{role: site, concept: unit}], satellites: {room: {attributes: {room_name: {type: string, \
term: {en: room, fi: huone, sv: rum}}}}}}
  # proposed by kainuu (social services): own practice
  ride:
    participants: [{role: same_visit, concept: visit}]
    sort: same_as
    child_key:
      ride_number: {type: integer, term: {en: ride, fi: matka, sv: resa}}
bridges:
  units: {calendar: {every: day, keep: {day: 31, month: 24}}, path: [care]}
"""
REGIONAL = """\
extends: visit
source: own practice
owner: social services
dimensions: [LAA]
satellites:
  timing:
    attributes:
      visit_booked_at: {type: datetime, term: {en: booked, fi: varattu, sv: bokad}}
  content:
    attributes:
      visit_language: {type: string, term: {en: language, fi: kieli, sv: språk}, definition: "Spoken: by the client"}
  stop:
    child_key: [stop_number]
    attributes:
      stop_number: {type: integer, term: {en: stop, fi: pysähdys, sv: stopp}}
links:
  ride: {participants: [bus, {role: spare, concept: bus}]}
"""
BUS = """\
concept: bus
term: {en: bus, fi: linja-auto, sv: buss}
definition: {en: A unit on wheels., fi: Yksikkö pyörillä., sv: En enhet på hjul.}
source: own practice
owner: social services
key:
  bus_id: {type: string, term: {en: bus number, fi: auton numero, sv: bussens nummer}}
"""
ADOPTED = """\
# Visits as the register tells them.
concept: visit
term: {en: visit, fi: käynti, sv: besök}
definition: {en: One meeting., fi: Yksi tapaaminen., sv: Ett möte.}
source: Act 1326/2010  # section 51
owner: health services
dimensions: [SAA, LAA]
key:
  visit_id: {type: string, term: {en: visit number, fi: käynnin numero, sv: besökets nummer}}
satellites:
  timing:
    attributes:
      visit_started_at: {type: datetime, term: {en: began, fi: alkoi, sv: började}}  # local time
      # proposed by kainuu (social services): own practice
      visit_booked_at: {type: datetime, term: {en: booked, fi: varattu, sv: bokad}}
  content:
    attributes: {visit_nature: {type: string, term: {en: nature, fi: luonne, sv: art}}, \
visit_language: {type: string, term: {en: language, fi: kieli, sv: språk}, definition: 'Spoken: by the client'}}
  # proposed by kainuu (social services): own practice
  stop:
    child_key: [stop_number]
    attributes:
      stop_number: {type: integer, term: {en: stop, fi: pysähdys, sv: stopp}}
links:
  ride: {participants: [bus, {role: spare, concept: bus}]}
"""


def sent(national: Path, regional: Path) -> Path:
    model = load_model(national)
    file = regional.parent / "proposal.yml"
    file.write_text(proposal_text(diff(model, load_region(regional)), model), encoding="utf-8")
    return file
