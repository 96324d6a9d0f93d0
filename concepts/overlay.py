"""A county's additions laid over the national model: an overlay adds and extends, and never redefines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Self

from pydantic import model_validator

from concepts.faults import concept_faults
from concepts.loading import checked, read_model, read_queries, read_sources
from concepts.metamodel import (
    Attribute,
    Bridge,
    Concept,
    ConceptModel,
    Dimension,
    Frozen,
    Kind,
    Link,
    Name,
    Participant,
    Satellite,
    SqlFile,
    Text,
)
from concepts.references import missing_code_sets
from concepts.sources import SourceMapping
from concepts.yaml_parts import Read, Wanted, read_folder

NATION = "national"  # what the folder of the extended concepts is called where nobody says otherwise


class AddedLink(Link):
    """A relation that a county adds; without participants, what it adds to one that is there: aspects, attributes."""

    participants: tuple[Participant, ...] = ()

    @property
    def whole(self) -> Link:
        """The relation as a concept of its own would have it."""
        return Link.model_validate(dict(self))


class Extension(Frozen):
    """What a county adds to a concept that the national model has; never another meaning for what is there."""

    extends: Name
    source: Text
    owner: Text
    dimensions: tuple[Dimension, ...] = ()
    satellites: dict[Name, Satellite] = {}  # a new aspect, or new attributes for an aspect that is there
    links: dict[Name, AddedLink] = {}
    bridges: dict[Name, Bridge] = {}


_NATIONAL_KEYS = Concept.model_fields.keys() - Extension.model_fields.keys()


class Region(Frozen):
    """All that one county adds: concepts of its own, and extensions of national ones, by concept."""

    county: Text
    concepts: dict[Name, Concept] = {}
    extensions: dict[Name, Extension] = {}
    queries: dict[SqlFile, str] = {}  # of computed satellites

    @model_validator(mode="after")
    def _names_agree(self) -> Self:
        told = [(name, concept.concept) for name, concept in self.concepts.items()]
        told += [(name, extension.extends) for name, extension in self.extensions.items()]
        wrong = sorted(name for name, concept in told if name != concept)
        wrong += sorted(self.concepts.keys() & self.extensions.keys())
        if wrong:
            raise ValueError(f"each concept stands once, under its own name; mend {', '.join(wrong)}")
        return self


def load(
    model: Path, sources: Path, regional: Path | None = None, codes: Path | None = None
) -> tuple[ConceptModel, tuple[SourceMapping, ...]]:
    """A model, with a county's additions if their folder is given, and its mappings.

    ModelError tells the faults of all folders together, if that of code sets is given those that are not in it, too.
    """
    read = _read_all(model, regional)
    if codes:
        read = replace(read, faults=(*read.faults, *missing_code_sets(read.told, codes)))
    return checked(read, read_sources(sources))


def load_with_region(national: Path, regional: Path | None = None) -> ConceptModel:
    """The national model, and with a county's folder its additions too; ModelError lists every fault and conflict."""
    return _read_all(national, regional).whole()


def load_apart(national: Path, regional: Path) -> tuple[ConceptModel, Region]:
    """The national model, and beside it what a county adds to it; ModelError lists every fault and conflict."""
    nation = national.resolve().name
    own, added = read_model(national), _read_region(regional, nation)
    _laid_over(own, added, nation).whole()
    return own.told, added.told


def load_region(folder: Path, nation: str = NATION) -> Region:
    """A county's folder, one YAML file a concept: a whole new concept, or an extension that says ``extends``.

    ModelError lists its faults, in which the folder of what is extended goes by the name of ``nation``.
    """
    return _read_region(folder, nation).whole()


def merge(national: ConceptModel, region: Region, nation: str = NATION) -> ConceptModel:
    """The national model, of a folder called ``nation``, with the county's additions.

    ModelError names both files and the key of each conflict.

    What the region repeats word for word is no conflict: the national model has adopted it.
    """
    return _laid_over(Read(national), Read(region), nation).whole()


def _read_all(national: Path, regional: Path | None) -> Read[ConceptModel]:
    own, nation = read_model(national), national.resolve().name
    if regional is None:
        return own
    added = _read_region(regional, nation)
    if not (added.told.concepts or added.told.extensions or added.unread):  # what it would add, nobody knows
        return Read(ConceptModel(concepts={}), (*own.faults, *added.faults))
    return _laid_over(own, added, nation)


def _read_region(folder: Path, nation: str) -> Read[Region]:
    def national_keys(data: dict[str, Any]) -> Iterator[str]:
        for key in sorted(data.keys() & _NATIONAL_KEYS) if "extends" in data else ():
            yield f"{key}: {nation}/{data['extends']}.yml says it and no extension can; take it out"

    kinds: dict[str, type[Concept | Extension]] = {"extends": Extension, "concept": Concept}
    parts = read_folder(folder, Wanted("the folder of one county", kinds, national_keys))
    queries = read_queries(folder)
    region = Region(
        county=folder.resolve().name,
        concepts={name: part for name, part in parts.told.items() if isinstance(part, Concept)},
        extensions={name: part for name, part in parts.told.items() if isinstance(part, Extension)},
        queries=queries.told,
    )
    is_there = parts.told or parts.unread
    faults = [f"{folder.name}/{fault}" if is_there else fault for fault in (*parts.faults, *queries.faults)]
    return Read(region, tuple(faults), parts.unread | queries.unread)


def _laid_over(own: Read[ConceptModel], added: Read[Region], nation: str) -> Read[ConceptModel]:
    """The national model with the county's additions, as far as both could be read.

    While one contradicts the other the national model stays alone, and nothing is judged that the county tells of.
    """
    national, region = own.told, added.told
    conflicts = tuple(_conflicts(own, region, nation))
    faults, unread = (*own.faults, *added.faults, *conflicts), own.unread | added.unread
    if conflicts:
        return Read(national, faults, unread | {*region.concepts, *region.extensions})
    extended = {n: extend(national[n], told) for n, told in region.extensions.items() if n in national.concepts}
    concepts, queries = {**national.concepts, **region.concepts, **extended}, {**national.queries, **region.queries}
    more = (fault for fault in concept_faults(concepts, queries, unread) if fault not in own.faults)
    faults += tuple(f"with {region.county}: {fault}" for fault in more)
    return Read(ConceptModel(concepts=concepts, queries=queries), faults, unread)


def extend(concept: Concept, extension: Extension) -> Concept:
    """The concept with the additions behind its own: the order counts, hash differences are computed in it."""
    links = {name: _extended(concept.links.get(name), added) for name, added in extension.links.items()}
    return Concept.model_validate(
        {
            **dict(concept),
            "dimensions": tuple(dict.fromkeys((*concept.dimensions, *extension.dimensions))),
            "satellites": _united(concept.satellites, extension.satellites),
            "links": {**concept.links, **links},
            "bridges": {**concept.bridges, **extension.bridges},
        }
    )


def _extended(link: Link | None, added: AddedLink) -> Link:
    return link.model_copy(update={"satellites": _united(link.satellites, added.satellites)}) if link else added.whole


def _united(own: Mapping[str, Satellite], added: Mapping[str, Satellite]) -> dict[str, Satellite]:
    """Aspects with those added: new ones, or new attributes behind those of one that is there."""
    united = dict(own)
    for aspect, more in added.items():
        there = own.get(aspect)
        attributes = {**there.attributes, **more.attributes} if there else more.attributes
        united[aspect] = (there or more).model_copy(update={"attributes": attributes})
    return united


def _conflicts(own: Read[ConceptModel], region: Region, nation: str) -> Iterator[str]:
    national = own.told
    for name, text in region.queries.items():
        if national.queries.get(name, text) != text:
            yield f"{region.county}/{name}: {nation}/{name} is another query; rename it and the computed that names it"
    for name, concept in region.concepts.items():
        if name in national.concepts and concept != national[name]:
            yield (
                f"{region.county}/{name}.yml: concept: {nation}/{name}.yml says what {name} is; "
                f"write extends: {name} and only what you add"
            )
    for name, extension in region.extensions.items():
        if name in own.unread:
            continue
        if name not in national.concepts:
            yield f"{region.county}/{name}.yml: extends: the national model has no {name}; mend it or write a concept"
        else:
            yield from _conflicts_within(
                f"{region.county}/{name}.yml", f"{nation}/{name}.yml", national[name], extension
            )
    yield from _names_with_two_meanings(national, region, nation)


def _conflicts_within(file: str, own: str, concept: Concept, extension: Extension) -> Iterator[str]:
    yield from _aspect_conflicts(f"{file}: satellites", own, concept.satellites, extension.satellites)
    for name, added in extension.links.items():
        where, there = f"{file}: links.{name}", concept.links.get(name)
        if there is None and not added.participants:
            yield f"{where}: {own} has no such link to add to; name its participants, or mend the name"
        elif there and not _agrees(added, there):
            yield f"{where}: {own} says it otherwise; choose another name"
        elif there:
            yield from _aspect_conflicts(f"{where}.satellites", own, there.satellites, added.satellites)
    for name, bridge in extension.bridges.items():
        if concept.bridges.get(name, bridge) != bridge:
            yield f"{file}: bridges.{name}: {own} says it otherwise; choose another name"
    if concept.kind is Kind.REFERENCE and extension.links:
        yield f"{file}: links: {own} is a reference, which has no links; take them out"
    if concept.kind is Kind.TRANSACTION and extension.links.keys() - concept.links.keys():
        yield f"{file}: links: {own} is a transaction, whose earlier events would lack the relation; take it out"


def _agrees(added: AddedLink, there: Link) -> bool:
    """Whether all that the addition says of the relation itself is what the relation is."""
    told = ("participants", "sort", "driven", "child_key") if added.participants else added.model_fields_set
    return all(getattr(added, key) == getattr(there, key) for key in told if key != "satellites")


def _aspect_conflicts(
    where: str, own: str, there: Mapping[str, Satellite], added: Mapping[str, Satellite]
) -> Iterator[str]:
    for aspect, more in added.items():
        known = there.get(aspect)
        if known is None:
            continue
        if more.child_key and more.child_key != known.child_key:
            yield f"{where}.{aspect}.child_key: {own} says it otherwise; choose another aspect"
        if more.computed and more.computed != known.computed:
            yield f"{where}.{aspect}.computed: {own} says it otherwise; choose another aspect"
        elif known.computed and more.attributes.keys() - known.attributes.keys():
            yield f"{where}.{aspect}: the query of {own} computes it and lacks the attributes; choose another aspect"


def _names_with_two_meanings(national: ConceptModel, region: Region, nation: str) -> Iterator[str]:
    """Attributes that another file declares too: a name has one meaning in the whole model."""
    declared = {
        name: (f"{nation}/{concept.concept}.yml", place, attribute)
        for concept in national.concepts.values()
        for place, name, attribute in _declared(concept)
    }
    parts: dict[str, Concept | Extension] = {**region.concepts, **region.extensions}
    for concept_name, part in parts.items():
        for place, name, attribute in _declared(part):
            here = f"{region.county}/{concept_name}.yml"
            file, there, other = declared.setdefault(name, (here, place, attribute))
            is_first = (file, there) == (here, place)
            is_repeated = (file, there, other) == (f"{nation}/{concept_name}.yml", place, attribute)
            if not (is_first or is_repeated):
                yield f"{here}: {place}.{name}: {file} declares it ({there}.{name}); take it out or rename it"


def _declared(part: Concept | Extension) -> Iterator[tuple[str, str, Attribute]]:
    """Each attribute with the place in its file."""
    if isinstance(part, Concept):
        yield from (("key", name, attribute) for name, attribute in part.key.items())
    parts = {f"satellites.{aspect}": satellite.attributes for aspect, satellite in part.satellites.items()}
    for link_name, link in part.links.items():
        parts[f"links.{link_name}.child_key"] = link.child_key
        parts |= {f"links.{link_name}.satellites.{a}": told.attributes for a, told in link.satellites.items()}
    yield from ((place, name, attribute) for place, told in parts.items() for name, attribute in told.items())
