"""From a county to the nation: what a region adds, as a file to send, and merging it into the national model."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from concepts.concept_text import Block, comment, extended_text, shaped, written
from concepts.loading import load_model
from concepts.metamodel import Concept, ConceptModel, Satellite
from concepts.overlay import NATION, AddedLink, Extension, Region, merge
from concepts.writing import put_text
from concepts.yaml_parts import read_part


class Proposal(Region):
    """What of a region the national model does not have yet."""

    @property
    def is_empty(self) -> bool:
        """Whether the national model has it all: the regional copy is not needed any more."""
        return not (self.concepts or self.extensions)


def diff(national: ConceptModel, region: Region, nation: str = NATION) -> Proposal:
    """What the region adds to the national model, of a folder called ``nation``; ModelError if it contradicts it."""
    merge(national, region, nation)
    missing = {name: _missing(national[name], extension) for name, extension in region.extensions.items()}
    extensions = {name: extension for name, extension in missing.items() if extension}
    concepts = {name: concept for name, concept in region.concepts.items() if name not in national.concepts}
    told: list[Concept | Extension] = [*concepts.values(), *extensions.values()]
    asked = {satellite.computed for part in told for satellite in part.satellites.values()}
    return Proposal(
        county=region.county,
        concepts=concepts,
        extensions=extensions,
        queries={name: text for name, text in region.queries.items() if name in asked and name not in national.queries},
    )


def adopted_files(national: ConceptModel, region: Region) -> tuple[str, ...]:
    """The names of the region's files that the national model has adopted whole, so that they can be deleted."""
    left = diff(national, region)
    told = {*region.concepts, *region.extensions} - {*left.concepts, *left.extensions}
    queries = region.queries.keys() & national.queries.keys()
    return tuple(sorted([*(f"{name}.yml" for name in told), *queries]))


def _missing(concept: Concept, extension: Extension) -> Extension | None:
    """The part of an extension that the concept lacks, if any."""
    links = {}
    for name, added in extension.links.items():
        there = concept.links.get(name)
        more = _missing_aspects(there.satellites, added.satellites) if there else {}
        if more or not there:
            links[name] = AddedLink(satellites=more) if there else added
    lacking = {
        "satellites": _missing_aspects(concept.satellites, extension.satellites),
        "links": links,
        "bridges": {name: bridge for name, bridge in extension.bridges.items() if name not in concept.bridges},
        "dimensions": tuple(d for d in extension.dimensions if d not in concept.dimensions),
    }
    return extension.model_copy(update=lacking) if any(lacking.values()) else None


def _missing_aspects(there: Mapping[str, Satellite], added: Mapping[str, Satellite]) -> dict[str, Satellite]:
    """The aspects that are not there, and of those that are the attributes that they lack."""
    lacking = {}
    for aspect, told in added.items():
        known = there.get(aspect)
        attributes = {n: a for n, a in told.attributes.items() if not known or n not in known.attributes}
        if attributes:
            lacking[aspect] = Satellite(attributes=attributes) if known else told
    return lacking


def proposal_text(proposal: Proposal, national: ConceptModel) -> str:
    """The file that a county sends: its additions with terms, definitions, basis and owner, ready to be adopted."""
    heading = [
        f"What {proposal.county} proposes for the national concept model: "
        f"{len(proposal.concepts)} new and {len(proposal.extensions)} extended concepts.",
        "Merge it with: sotevault adopt <this file>",
    ]
    parts: dict[str, Mapping[str, Concept | Extension]] = {
        "concepts": proposal.concepts,
        "extensions": proposal.extensions,
    }
    lines = [*map(comment, heading), *written({"county": proposal.county}).splitlines()]
    for kind, told in parts.items():
        lines += [f"{kind}:"] if told else []
        for name, part in told.items():
            lines += [f"  {line}" for line in _told(name, part, national)]
    queries = written({"queries": {name: Block(text) for name, text in proposal.queries.items()}})
    return "\n".join(lines) + "\n" + (queries if proposal.queries else "")


def _told(name: str, part: Concept | Extension, national: ConceptModel) -> Iterator[str]:
    if isinstance(part, Extension):
        concept = national[name]
        yield comment(f"{concept.term.en} ({concept.term.fi}, {concept.term.sv}): {concept.definition.en}")
    yield from written({name: shaped(part)}).splitlines()


def read_proposal(file: Path) -> Proposal:
    """A proposal file, checked like a model's; ModelError lists its faults."""
    return read_part(file, Proposal)


def adopt(proposal: Proposal, folder: Path) -> list[Path]:
    """Merge a proposal into the folder of the national model; the files that changed, none the second time.

    ModelError, and nothing written, if it contradicts the model or the merged model would not be whole; OSError if a
    file cannot be written.
    """
    national = load_model(folder)
    left = diff(national, proposal, folder.resolve().name)
    texts = {folder / f"{name}.yml": written(shaped(concept)) for name, concept in left.concepts.items()}
    for name, extension in left.extensions.items():
        file = folder / f"{name}.yml"
        remark = f"proposed by {proposal.county} ({extension.owner}): {extension.source}"
        texts[file] = _extended(file.read_bytes().decode(), national[name], extension, remark)
    texts |= {folder / name: text for name, text in left.queries.items()}
    for file, text in sorted(texts.items(), key=lambda told: told[0].suffix):  # queries before what names them
        put_text(file, text)
    return sorted(texts)


def _extended(text: str, concept: Concept, extension: Extension, remark: str) -> str:
    """The file's text with what is added, its lines ended as they are in it."""
    end = "\r\n" if "\r\n" in text else "\n"
    return extended_text(text.replace("\r\n", "\n"), concept, extension, remark).replace("\n", end)
